# SPDX-License-Identifier: GPL-2.0

KDIR	?= /lib/modules/$(shell uname -r)/build
PREFIX	?= /usr/local
DESTDIR	?=
DEB_DIR	?= dist

VERSION	:= $(shell sed -n 's/^PACKAGE_VERSION="\(.*\)"$$/\1/p' dkms.conf)

all: module logger

module:
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

logger:
	$(MAKE) -C userspace

install: install-module install-logger

install-module: module
	$(MAKE) -C $(KDIR) M=$(CURDIR) INSTALL_MOD_PATH=$(DESTDIR) \
		INSTALL_MOD_DIR=updates modules_install
	$(if $(DESTDIR),,depmod $(KERNELRELEASE))

install-logger: logger
	$(MAKE) -C userspace install

uninstall:
	rm -f $(DESTDIR)/lib/modules/$(KERNELRELEASE)/updates/shmexec.ko*
	$(if $(DESTDIR),,depmod $(KERNELRELEASE))
	$(MAKE) -C userspace uninstall

dkms:
	dkms add $(CURDIR)
	dkms install shmexec/$(VERSION) -k $(KERNELRELEASE)

# DEB_ARCH= for another architecture than this one's.
deb:
	scripts/deb.sh $(DEB_DIR) $(DEB_ARCH)

clean:
	$(MAKE) -C $(KDIR) M=$(CURDIR) clean
	$(MAKE) -C userspace clean
	$(MAKE) -C tests clean

check:
	scripts/check.sh

help:
	@echo 'shmexec $(VERSION)'
	@echo
	@echo '  make [all]      the module and the logger'
	@echo '  make module     shmexec.ko, against KDIR=$(KDIR)'
	@echo '  make logger     userspace/shmexec-logger; STATIC=1 for a static one'
	@echo '  make install    both, under DESTDIR=$(DESTDIR) and PREFIX=$(PREFIX)'
	@echo '  make uninstall  removes what install put there'
	@echo '  make dkms       has DKMS build and install the module, for the kernel of KDIR'
	@echo '  make deb        Debian packages, in DEB_DIR=$(DEB_DIR), for DEB_ARCH='
	@echo '  make check      scripts/check.sh: builds, lints, runs all tests'
	@echo '  make clean      removes what was built'
	@echo
	@echo 'Cross-building: ARCH= and CROSS_COMPILE= as for the kernel, or CC= for the logger.'

# What the kernel calls itself, wherever its tree is; asked only by rules that need it.
KERNELRELEASE = $(shell sed -n 's/^\#define UTS_RELEASE "\(.*\)"/\1/p' \
	$(KDIR)/include/generated/utsrelease.h)

export PREFIX DESTDIR STATIC CROSS_COMPILE VERSION

.PHONY: all module logger install install-module install-logger uninstall dkms deb clean check help
