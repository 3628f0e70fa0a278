// SPDX-License-Identifier: GPL-2.0
/* Containers by the paths of control groups, and what only looks like one. */
#include "kselftest_harness.h"
#include "container.h"

#define ID	"8d38b2f18290e973c5ea8f9ee207e970a8aa9191fa89bf3d4ea2a126f2f010a6"
#define OTHER	"0000000000000000000000000000000000000000000000000000000000000000"
#define SHORT	"8d38b2f18290e973c5ea8f9ee207e970a8aa9191fa89bf3d4ea2a126f2f010a"
#define POD	"/kubepods.slice/kubepods-pod1234.slice"

TEST(paths)
{
	static const struct {
		const char *path, *id, *runtime;
	} row[] = {
		{ "/docker/" ID, ID, "docker" },
		{ "/system.slice/docker-" ID ".scope", ID, "docker" },
		{ "/system.slice/docker-" ID ".scope/init.scope", ID, "docker" },
		{ POD "/cri-containerd-" ID ".scope", ID, "containerd" },
		{ "/system.slice/containerd.service/kubepods-pod1:cri-containerd:" ID,
		  ID, "containerd" },
		{ POD "/crio-" ID ".scope/container", ID, "cri-o" },
		{ "/machine.slice/libpod-" ID ".scope", ID, "podman" },
		{ "/machine.slice/libpod-" ID ".scope/container", ID, "podman" },
		{ "/kubepods/burstable/pod1234/" ID, ID, NULL },
		{ "/docker/" OTHER "/docker/" ID, ID, "docker" },
		{ "/docker/" OTHER "/system.slice/x.service", OTHER, "docker" },
		{ "/" ID, ID, NULL },
		{ "/mydocker/" ID, ID, NULL },
		/* None of a container. */
		{ "/", NULL, NULL },
		{ "", NULL, NULL },
		{ ID, NULL, NULL },
		{ "/docker/" SHORT, NULL, NULL },
		{ "/docker/" SHORT "g", NULL, NULL },
		{ "/docker/" SHORT "A", NULL, NULL },
		{ "/docker/0" ID, NULL, NULL },
		{ "/docker/" ID "0", NULL, NULL },
		{ "/docker-" ID ".service", NULL, NULL },
		{ "/machine.slice/libpod-conmon-" ID ".scope", NULL, NULL },
		{ POD "/crio-conmon-" ID ".scope", NULL, NULL },
		{ "/system.slice/ssh.service", NULL, NULL },
		{ "/.scope", NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		/* Exactly as many bytes, so that each behind them is found. */
		char *path = malloc(strlen(row[i].path));
		struct container container;

		memcpy(path, row[i].path, strlen(row[i].path));
		container = container_of_cgroup((struct bytes) {
			path, strlen(row[i].path)
		});
		EXPECT_EQ(!!row[i].id, !!container.id.p)
			TH_LOG("%s", row[i].path);
		if (row[i].id && container.id.p) {
			EXPECT_EQ(64, container.id.len);
			EXPECT_EQ(0, memcmp(row[i].id, container.id.p, 64))
				TH_LOG("%s", row[i].path);
		}
		EXPECT_STREQ(row[i].runtime ?: "none", container.runtime ?: "none")
			TH_LOG("%s", row[i].path);
		free(path);
	}
	EXPECT_EQ(NULL, container_of_cgroup((struct bytes) {}).id.p);
}

TEST_HARNESS_MAIN
