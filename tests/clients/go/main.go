// What programs on client-go do: a typed client that speaks protobuf, informers, watches, leases, exec.
// Usage: client-go [PATTERN], with KUBECONFIG set. Prints a line a test and ends with 1 when one failed.
package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

const image = "example.local/busybox:1"

type cluster struct {
	context.Context
	config *rest.Config
	*kubernetes.Clientset
}

func open() (*cluster, error) {
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	if err != nil {
		return nil, err
	}
	config.QPS = -1
	// Protobuf both ways, so that a reply in JSON is not taken instead.
	config.AcceptContentTypes = "application/vnd.kubernetes.protobuf"
	config.ContentType = "application/vnd.kubernetes.protobuf"
	set, err := kubernetes.NewForConfig(config)
	return &cluster{config: config, Clientset: set}, err
}

func (c *cluster) namespace(name string) error {
	body := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}
	if _, err := c.CoreV1().Namespaces().Create(c, body, metav1.CreateOptions{}); err != nil {
		return err
	}
	return c.wait("the default account", func() bool {
		_, err := c.CoreV1().ServiceAccounts(name).Get(c, "default", metav1.GetOptions{})
		return err == nil
	})
}

func (c *cluster) wait(what string, question func() bool) error {
	ask := func(context.Context) (bool, error) { return question(), nil }
	if err := wait.PollUntilContextTimeout(c, 50*time.Millisecond, 30*time.Second, true, ask); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func configMap(name string, data map[string]string) *corev1.ConfigMap {
	return &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{"by": "go"}}, Data: data}
}

func pod(name string, command ...string) *corev1.Pod {
	grace := int64(1)
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec: corev1.PodSpec{
			TerminationGracePeriodSeconds: &grace,
			Containers:                    []corev1.Container{{Name: "main", Image: image, Command: command}},
		},
	}
}

func main() {
	pattern := "*"
	if len(os.Args) > 1 {
		pattern = os.Args[1]
	}
	c, err := open()
	if err != nil {
		fmt.Printf("FAIL  go_opens: %v\n", err)
		os.Exit(1)
	}
	failed := false
	for _, t := range tests {
		if match, _ := path.Match(pattern, t.name); !match {
			continue
		}
		began := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
		c.Context = ctx
		err := t.run(c)
		cancel()
		if err != nil {
			failed = true
			fmt.Printf("FAIL  %s\n%v\n", t.name, err)
			continue
		}
		fmt.Printf("ok    %s (%.1f s)\n", t.name, time.Since(began).Seconds())
	}
	if failed {
		os.Exit(1)
	}
}
