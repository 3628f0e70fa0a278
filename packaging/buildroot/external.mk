include $(sort $(wildcard $(BR2_EXTERNAL_SHMEXEC_PATH)/package/*/*.mk))
