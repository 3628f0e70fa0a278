SUMMARY = "Tells that root ran a file from shared memory (kernel module)"

require shmexec.inc
inherit module

EXTRA_OEMAKE += "KDIR=${STAGING_KERNEL_DIR} DESTDIR=${D}"
MAKE_TARGETS = "module"
MODULES_INSTALL_TARGET = "install-module"
KERNEL_MODULE_AUTOLOAD += "shmexec"

RRECOMMENDS:${PN} += "shmexec-logger"
