SUMMARY = "Tells that root ran a file from shared memory (logger)"

require shmexec.inc
inherit systemd useradd

SYSTEMD_SERVICE:${PN} = "shmexec-logger.service"
USERADD_PACKAGES = "${PN}"
USERADD_PARAM:${PN} = "--system --no-create-home --shell /sbin/nologin --user-group shmexec"
FILES:${PN} += "${systemd_system_unitdir} ${nonarch_libdir} ${datadir}/shmexec"

do_compile() {
	oe_runmake logger
}

do_install() {
	oe_runmake install-logger DESTDIR=${D} PREFIX=${prefix}
}
