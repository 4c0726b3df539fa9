// Package conformance keeps the suite's test dependencies in go.sum; `go test -c` builds the suite itself.
package conformance

import _ "k8s.io/kubernetes/test/e2e"
