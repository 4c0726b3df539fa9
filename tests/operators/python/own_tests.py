"""The end-to-end tests that the official Python client's package carries, run against a cluster: own_tests.py [PATTERN], with
KUBECONFIG set. Prints a line a test and ends with 1 when one failed.

The package has the tests of its dynamic clients (blocking and asyncio); the module they get their cluster from is not in
it, and is made here. A few of them fail against any API server of today; those must fail for just the reason given.
"""
import asyncio
import fnmatch
import sys
import time
import types
import unittest

from kubernetes import client, config
from kubernetes.aio import client as aio_client
from kubernetes.aio import config as aio_config

OLD = "apiextensions.k8s.io/v1beta1 ended with Kubernetes 1.22"
UNEQUAL = "it compares two objects of a class that has no equality"
OTHER = "it applies a Deployment where Pods are; upstream refuses that too"
# name: (why it fails everywhere, what it says then)
STALE = {
    "kubernetes.dynamic.test_client.TestDynamicClient.test_cluster_custom_resources": (OLD, "'apiextensions.k8s.io/v1beta1'"),
    "kubernetes.dynamic.test_client.TestDynamicClient.test_namespaced_custom_resources": (OLD, "'apiextensions.k8s.io/v1beta1'"),
    "kubernetes.dynamic.test_client.TestDynamicClient.test_async_namespaced_custom_resources": (OLD, "'apiextensions.k8s.io/v1beta1'"),
    "kubernetes.dynamic.test_discovery.TestDiscoverer.test_cache_decoder_resource_and_subresource": (UNEQUAL, "deploy1 == deploy2"),
    "kubernetes.aio.dynamic.client_test.TestDynamicClient.test_server_side_apply_api": (OTHER, "BadRequest"),
}
MODULES = ["kubernetes.dynamic.test_client", "kubernetes.dynamic.test_discovery", "kubernetes.aio.dynamic.client_test",
           "kubernetes.aio.dynamic.discovery_test"]


def offer_configuration():
    def blocking():
        c = client.Configuration()
        config.load_kube_config(client_configuration=c)
        return c

    def aio():
        c = aio_client.Configuration()
        asyncio.run(aio_config.load_kube_config(client_configuration=c))
        return c

    for package, get in (("kubernetes.e2e_test", blocking), ("kubernetes.aio.e2e_test", aio)):
        base = types.ModuleType(f"{package}.base")
        base.get_e2e_configuration = get
        sys.modules[package] = types.ModuleType(package)
        sys.modules[package].base = sys.modules[base.__name__] = base


class Lines(unittest.TestResult):
    bad = 0

    def startTest(self, test):
        super().startTest(test)
        self.began = time.monotonic()

    def line(self, test, words="ok   ", more=""):
        print(f"{words} {test.id()} ({time.monotonic() - self.began:.1f} s){more}", flush=True)

    def fail(self, test, error):
        self.bad += 1
        print(f"FAIL  {test.id()}\n{error}", flush=True)

    def addSuccess(self, test):
        if test.id() in STALE:
            self.fail(test, f"it was thought to fail everywhere ({STALE[test.id()][0]}), and did not: take it off the list")
        else:
            self.line(test)

    def addError(self, test, err):
        error = self._exc_info_to_string(err, test)
        why, said = STALE.get(test.id(), ("", None))
        if said and said in error:
            self.line(test, "skip ", f": {why}")
        else:
            self.fail(test, error)

    addFailure = addError

    def addSkip(self, test, reason):
        self.line(test, "skip ", f": {reason}")


def tests_of(suite):
    for one in suite:
        if isinstance(one, unittest.TestSuite):
            yield from tests_of(one)
        else:
            yield one


def main():
    pattern = sys.argv[1] if len(sys.argv) > 1 else "*"
    offer_configuration()
    loaded = tests_of(unittest.defaultTestLoader.loadTestsFromNames(MODULES))
    chosen = unittest.TestSuite(t for t in loaded if fnmatch.fnmatch(t.id(), pattern))
    result = Lines()
    chosen.run(result)
    # What a class needs before its first test failed: no test began.
    sys.exit(1 if result.bad or (pattern == "*" and result.testsRun < 20) else 0)


main()
