# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# The architectures by Debian's names: what compiles for them.

# Sets triplet, and kernel_arch as the kernel's makefiles call it.
use_architecture() {
	case $1 in
	amd64) triplet=x86_64-linux-gnu kernel_arch=x86 ;;
	i386) triplet=i686-linux-gnu kernel_arch=x86 ;;
	arm64) triplet=aarch64-linux-gnu kernel_arch=arm64 ;;
	armhf) triplet=arm-linux-gnueabihf kernel_arch=arm ;;
	riscv64) triplet=riscv64-linux-gnu kernel_arch=riscv ;;
	ppc64el) triplet=powerpc64le-linux-gnu kernel_arch=powerpc ;;
	s390x) triplet=s390x-linux-gnu kernel_arch=s390 ;;
	mips64el) triplet=mips64el-linux-gnuabi64 kernel_arch=mips ;;
	*) die "architecture '$1' is not known" ;;
	esac
}
