# SPDX-License-Identifier: GPL-2.0
.DEFAULT_GOAL := package

build:
	$(Build/Prepare)
	$(Build/Compile)

define BuildPackage
$(eval $(call Package/$(1)))
package-$(1): build
	test -n '$(SECTION)' && test -n '$(CATEGORY)' && test -n '$(TITLE)'
	$(call Package/$(1)/install,$(BUILD)/target)
package: package-$(1)
endef

.PHONY: build package
