# SPDX-License-Identifier: GPL-2.0
KERNEL_MAKE = $(MAKE) -C $(LINUX_DIR) ARCH="$(ARCH)" CROSS_COMPILE="$(CROSS)" HOSTCFLAGS="-O2"
AutoProbe = probe_module "$(1)"

define KernelPackage
$(eval $(call KernelPackage/$(1)))
package-kmod-$(1): build
	test -n '$(strip $(TITLE))' && test -n '$(strip $(AUTOLOAD))'
	install -D -m 644 -t $(BUILD)/target/lib/modules $(FILES)
package: package-kmod-$(1)
endef
