"""What the tests of an operator are given: its chart's release on a cluster, kubectl and Helm."""
import json
import time

from kubectl import Failed


class World:
    release = namespace = ""

    def __init__(self, operator, helm):
        self.operator, self.helm, self.k = operator, helm, helm.kubectl

    def chart(self):
        raise NotImplementedError

    def install(self, *values):
        self.k.namespace(self.namespace)
        sets = [word for value in values for word in ("--set", value)]
        self.helm("install", self.release, self.chart(), *sets, "--wait", "--timeout", "240s", timeout=300)

    def wait(self, question, what, seconds=60):
        end, why = time.monotonic() + seconds, None
        while True:
            try:
                answer, why = question(), None
            except Failed as e:
                answer, why = None, e
            if answer:
                return answer
            assert time.monotonic() < end, f"{what}: not within {seconds} s{f': {why}' if why else ''}"
            time.sleep(0.2)

    def condition(self, what, name, kind, status="True", seconds=60):
        """The object once it has the condition."""
        def there():
            one = self.k.json("get", what, name)
            met = [c for c in one.get("status", {}).get("conditions", []) if c["type"] == kind and c["status"] == status]
            return one if met else None
        try:
            return self.wait(there, f"{what} {name} {kind}={status}", seconds)
        except AssertionError as e:
            raise AssertionError(f"{e}\n{self.k('get', what, name, '-o', 'yaml')}\n{self.k('get', 'events')}") from None

    def refused(self, *objects, code=1):
        """What the API says to objects it must not take."""
        text = objects[0] if len(objects) == 1 else {"apiVersion": "v1", "kind": "List", "items": list(objects)}
        return self.k("create", "-f", "-", stdin=json.dumps(text), code=code)

    def said(self):
        """The last words of the operator's pods, for a failed test."""
        self.k.ns = self.namespace
        words = [self.k("get", "pods,events")]
        for pod in self.k.json("get", "pods")["items"]:
            words.append(f"── {pod['metadata']['name']}\n{self.k('logs', pod['metadata']['name'], '--tail=25')}")
        return "\n".join(words)
