/*
 * Automatically generated file; DO NOT EDIT.
 * Main menu
 */
#define CONFIG_BR2_LINUX_KERNEL 1
#define CONFIG_BR2_PACKAGE_SHMEXEC 1
