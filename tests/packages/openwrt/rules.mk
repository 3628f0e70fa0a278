# SPDX-License-Identifier: GPL-2.0
# What OpenWrt's build system gives to a package, as far as ours uses it.
# usage: make -C PACKAGE TOPDIR= BUILD= LINUX_DIR= ARCH= CROSS= CC=

INCLUDE_DIR := $(TOPDIR)/include
PKG_BUILD_DIR = $(BUILD)/$(PKG_NAME)-$(PKG_VERSION)
CP := cp -fpR
INSTALL_DIR := install -d -m0755
INSTALL_BIN := install -m0755
TARGET_CFLAGS := -Os -pipe
TARGET_CONFIGURE_OPTS := CC="$(CC)" LD="$(CROSS)ld" AR="$(CROSS)ar"
