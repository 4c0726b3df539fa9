package main

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	applycore "k8s.io/client-go/applyconfigurations/core/v1"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/util/retry"
)

var tests = []struct {
	name string
	run  func(*cluster) error
}{
	{"go_typed_protobuf", typedProtobuf},
	{"go_patches_and_applies", patchesAndApplies},
	{"go_watches", watches},
	{"go_informer", informer},
	{"go_dynamic_reads_json", dynamicReads},
	{"go_runs_pods", runsPods},
	{"go_elects_a_leader", electsLeader},
	{"go_openapi_protobuf", openAPI},
}

// Create, get, update with a conflict and its retry, list, delete: each body in protobuf.
func typedProtobuf(c *cluster) error {
	if err := c.namespace("go-typed"); err != nil {
		return err
	}
	maps := c.CoreV1().ConfigMaps("go-typed")
	made, err := maps.Create(c, configMap("cm", map[string]string{"a": "1"}), metav1.CreateOptions{})
	if err != nil {
		return err
	}
	if made.UID == "" || made.ResourceVersion == "" || made.CreationTimestamp.IsZero() || made.Data["a"] != "1" {
		return fmt.Errorf("made was %v", made)
	}
	if _, err = maps.Create(c, configMap("cm", nil), metav1.CreateOptions{}); !errors.IsAlreadyExists(err) {
		return fmt.Errorf("AlreadyExists was due, not %v", err)
	}
	changed := made.DeepCopy()
	changed.Data["a"] = "2"
	if _, err = maps.Update(c, changed, metav1.UpdateOptions{}); err != nil {
		return err
	}
	if _, err = maps.Update(c, changed, metav1.UpdateOptions{}); !errors.IsConflict(err) {
		return fmt.Errorf("a conflict was due, not %v", err)
	}
	err = retry.RetryOnConflict(retry.DefaultRetry, func() error {
		now, err := maps.Get(c, "cm", metav1.GetOptions{})
		if err != nil {
			return err
		}
		now.Data["b"] = "3"
		_, err = maps.Update(c, now, metav1.UpdateOptions{})
		return err
	})
	if err != nil {
		return err
	}
	list, err := maps.List(c, metav1.ListOptions{LabelSelector: "by=go"})
	if err != nil {
		return err
	}
	if want := map[string]string{"a": "2", "b": "3"}; len(list.Items) != 1 || !reflect.DeepEqual(list.Items[0].Data, want) {
		return fmt.Errorf("listed was %v", list.Items)
	}
	stale := types.UID("none")
	if err = maps.Delete(c, "cm", metav1.DeleteOptions{Preconditions: &metav1.Preconditions{UID: &stale}}); !errors.IsConflict(err) {
		return fmt.Errorf("a conflict was due, not %v", err)
	}
	if err = maps.DeleteCollection(c, metav1.DeleteOptions{}, metav1.ListOptions{LabelSelector: "by=go"}); err != nil {
		return err
	}
	if _, err = maps.Get(c, "cm", metav1.GetOptions{}); !errors.IsNotFound(err) {
		return fmt.Errorf("NotFound was due, not %v", err)
	}
	_, err = c.CoreV1().Pods("go-typed").Create(c, &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "p"}}, metav1.CreateOptions{})
	if !errors.IsInvalid(err) || !strings.Contains(err.Error(), "spec.containers") {
		return fmt.Errorf("Invalid was due, not %v", err)
	}
	return nil
}

func patchesAndApplies(c *cluster) error {
	if err := c.namespace("go-patch"); err != nil {
		return err
	}
	maps := c.CoreV1().ConfigMaps("go-patch")
	wanted := applycore.ConfigMap("cm", "go-patch").WithData(map[string]string{"a": "1"})
	if _, err := maps.Apply(c, wanted, metav1.ApplyOptions{FieldManager: "one"}); err != nil {
		return err
	}
	other := applycore.ConfigMap("cm", "go-patch").WithData(map[string]string{"a": "2"})
	if _, err := maps.Apply(c, other, metav1.ApplyOptions{FieldManager: "two"}); !errors.IsConflict(err) {
		return fmt.Errorf("a conflict was due, not %v", err)
	}
	for kind, patch := range map[types.PatchType]string{
		types.JSONPatchType:           `[{"op":"add","path":"/data/json","value":"x"}]`,
		types.MergePatchType:          `{"data":{"merge":"x"}}`,
		types.StrategicMergePatchType: `{"data":{"strategic":"x"}}`,
	} {
		if _, err := maps.Patch(c, "cm", kind, []byte(patch), metav1.PatchOptions{}); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
	}
	now, err := maps.Get(c, "cm", metav1.GetOptions{})
	if err == nil && len(now.Data) != 4 {
		err = fmt.Errorf("the data is %v", now.Data)
	}
	return err
}

func watches(c *cluster) error {
	if err := c.namespace("go-watch"); err != nil {
		return err
	}
	maps := c.CoreV1().ConfigMaps("go-watch")
	list, err := maps.List(c, metav1.ListOptions{})
	if err != nil {
		return err
	}
	w, err := maps.Watch(c, metav1.ListOptions{ResourceVersion: list.ResourceVersion, LabelSelector: "by=go", AllowWatchBookmarks: true})
	if err != nil {
		return err
	}
	defer w.Stop()
	made, err := maps.Create(c, configMap("cm", nil), metav1.CreateOptions{})
	if err != nil {
		return err
	}
	made.Labels = nil // it leaves the selection: the watcher hears of an end
	if _, err = maps.Update(c, made, metav1.UpdateOptions{}); err != nil {
		return err
	}
	for _, want := range []string{"ADDED", "DELETED"} {
		select {
		case e := <-w.ResultChan():
			if string(e.Type) != want {
				return fmt.Errorf("%s instead of %s: %v", e.Type, want, e.Object)
			}
		case <-time.After(10 * time.Second):
			return fmt.Errorf("no %s event", want)
		}
	}
	return nil
}

// A shared informer lists (as a stream, where the client's library does so) and follows every change.
func informer(c *cluster) error {
	if err := c.namespace("go-informer"); err != nil {
		return err
	}
	maps := c.CoreV1().ConfigMaps("go-informer")
	for i := range 20 {
		if _, err := maps.Create(c, configMap(fmt.Sprintf("before-%d", i), nil), metav1.CreateOptions{}); err != nil {
			return err
		}
	}
	var lock sync.Mutex
	heard := map[string]int{}
	count := func(kind string) {
		lock.Lock()
		defer lock.Unlock()
		heard[kind]++
	}
	factory := informers.NewSharedInformerFactoryWithOptions(c.Clientset, 0, informers.WithNamespace("go-informer"))
	shared := factory.Core().V1().ConfigMaps()
	_, err := shared.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { count("add") },
		UpdateFunc: func(any, any) { count("update") },
		DeleteFunc: func(any) { count("delete") },
	})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(c)
	defer cancel()
	factory.Start(ctx.Done())
	limited, stop := context.WithTimeout(ctx, 15*time.Second)
	defer stop()
	if !cache.WaitForCacheSync(limited.Done(), shared.Informer().HasSynced) {
		return fmt.Errorf("the informer has not synced within 15 s")
	}
	if _, err = maps.Create(c, configMap("after", nil), metav1.CreateOptions{}); err != nil {
		return err
	}
	if _, err = maps.Update(c, configMap("after", map[string]string{"a": "b"}), metav1.UpdateOptions{}); err != nil {
		return err
	}
	if err = maps.Delete(c, "before-0", metav1.DeleteOptions{}); err != nil {
		return err
	}
	// kube-root-ca.crt is in each namespace, and may come before or after the informer's start.
	err = c.wait("the informer's events", func() bool {
		lock.Lock()
		defer lock.Unlock()
		return heard["add"] == 22 && heard["update"] >= 1 && heard["delete"] == 1
	})
	if err != nil {
		return fmt.Errorf("%w: heard %v", err, heard)
	}
	now, err := shared.Lister().ConfigMaps("go-informer").Get("after")
	if err == nil && now.Data["a"] != "b" {
		err = fmt.Errorf("the cache holds %v", now.Data)
	}
	return err
}

func dynamicReads(c *cluster) error {
	config := rest.CopyConfig(c.config)
	config.AcceptContentTypes, config.ContentType = "", ""
	d, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	nodes, err := d.Resource(corev1.SchemeGroupVersion.WithResource("nodes")).List(c, metav1.ListOptions{})
	if err != nil {
		return err
	}
	if len(nodes.Items) != 1 || nodes.Items[0].GetName() != "node-1" {
		return fmt.Errorf("the nodes are %v", nodes.Items)
	}
	_, lists, err := c.Discovery().ServerGroupsAndResources()
	if err == nil && len(lists) < 10 {
		err = fmt.Errorf("only %d group versions were found", len(lists))
	}
	return err
}

func runsPods(c *cluster) error {
	if err := c.namespace("go-pods"); err != nil {
		return err
	}
	pods := c.CoreV1().Pods("go-pods")
	if _, err := pods.Create(c, pod("p", "sh", "-c", "echo started; exec sleep 1000"), metav1.CreateOptions{}); err != nil {
		return err
	}
	err := c.wait("the pod", func() bool {
		p, err := pods.Get(c, "p", metav1.GetOptions{})
		return err == nil && p.Status.Phase == corev1.PodRunning
	})
	if err != nil {
		return err
	}
	err = c.wait("its log", func() bool {
		log, err := pods.GetLogs("p", &corev1.PodLogOptions{}).DoRaw(c)
		return err == nil && string(log) == "started\n"
	})
	if err != nil {
		return err
	}
	url := c.CoreV1().RESTClient().Post().Resource("pods").Namespace("go-pods").Name("p").SubResource("exec").VersionedParams(
		&corev1.PodExecOptions{Command: []string{"tr", "a-z", "A-Z"}, Stdin: true, Stdout: true}, scheme.ParameterCodec).URL()
	for kind, make := range map[string]func() (remotecommand.Executor, error){
		"WebSocket": func() (remotecommand.Executor, error) {
			return remotecommand.NewWebSocketExecutor(c.config, "GET", url.String())
		},
		"SPDY": func() (remotecommand.Executor, error) { return remotecommand.NewSPDYExecutor(c.config, "POST", url) },
	} {
		executor, err := make()
		if err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
		var out bytes.Buffer
		if err = executor.StreamWithContext(c, remotecommand.StreamOptions{Stdin: strings.NewReader("shout\n"), Stdout: &out}); err != nil {
			return fmt.Errorf("exec over %s: %w", kind, err)
		}
		if out.String() != "SHOUT\n" {
			return fmt.Errorf("exec over %s said %q", kind, out.String())
		}
	}
	if err = pods.Delete(c, "p", metav1.DeleteOptions{}); err != nil {
		return err
	}
	return c.wait("the pod's end", func() bool {
		_, err := pods.Get(c, "p", metav1.GetOptions{})
		return errors.IsNotFound(err)
	})
}

// Two candidates; the second leads once the first lets go.
func electsLeader(c *cluster) error {
	if err := c.namespace("go-leader"); err != nil {
		return err
	}
	led := make(chan string, 2)
	campaign := func(ctx context.Context, name string) {
		leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
			Lock: &resourcelock.LeaseLock{
				LeaseMeta:  metav1.ObjectMeta{Name: "boss", Namespace: "go-leader"},
				Client:     c.CoordinationV1(),
				LockConfig: resourcelock.ResourceLockConfig{Identity: name},
			},
			LeaseDuration: 3 * time.Second, RenewDeadline: 2 * time.Second, RetryPeriod: 200 * time.Millisecond, ReleaseOnCancel: true,
			Callbacks: leaderelection.LeaderCallbacks{
				OnStartedLeading: func(context.Context) { led <- name },
				OnStoppedLeading: func() {},
			},
		})
	}
	first, resign := context.WithCancel(c)
	second, end := context.WithCancel(c)
	defer end()
	for _, step := range []struct {
		name string
		run  func()
	}{
		{"first", func() { go campaign(first, "first") }},
		{"second", func() { go campaign(second, "second"); time.Sleep(500 * time.Millisecond); resign() }},
	} {
		step.run()
		select {
		case name := <-led:
			if name != step.name {
				resign()
				return fmt.Errorf("%s leads instead of %s", name, step.name)
			}
		case <-time.After(10 * time.Second):
			resign()
			return fmt.Errorf("%s does not lead", step.name)
		}
	}
	return nil
}
