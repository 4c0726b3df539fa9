#include "json/json.h"
#include "kinds/kinds.h"
#include "tests/unit.h"

#define NOW 1700000000

static struct value parse(struct arena *a, const char *text)
{
    struct value v = {0};
    struct err err = {{0}};
    if (json_parse(a, str_of(text), &v, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static const struct schema_kind *kind_of(const struct value *v)
{
    const struct schema_kind *k = schema_kind_parse(value_text_at(v, "apiVersion"), value_text_at(v, "kind"));
    assert_non_null(k);
    return k;
}

static void faults_are(const struct faults *f, const char *want)
{
    SCOPED_BUF b = BUF_INIT(0);
    for (size_t i = 0; i < MIN(f->n, FAULTS_MAX); i++)
        buf_fmt(&b, "%.*s: %.*s\n", STR_FMT(f->items[i].field), STR_FMT(f->items[i].message));
    if (strcmp(buf_cstr(&b), want) != 0)
        fail_msg("got\n%swanted\n%s", buf_cstr(&b), want);
}

static void in_namespace(struct arena *a, struct value *v)
{
    const struct schema_resource *r = schema_resource_of_kind(kind_of(v));
    if (r && r->namespaced)
        assert_non_null(value_put(a, v, "metadata.namespace", value_make_text(STR("default"))));
}

/* What a server does with a new object, as far as this room has part in it. */
static struct value made(struct arena *a, const char *text)
{
    struct value v = parse(a, text);
    const struct schema_kind *k = kind_of(&v);
    in_namespace(a, &v);
    assert_non_null(value_put(a, &v, "metadata.uid", value_make_text(STR("u-1"))));
    assert_done(kinds_prepare_create(a, k, &v));
    assert_done(kinds_default(a, k, &v));
    assert_non_null(value_put(a, &v, "metadata.resourceVersion", value_make_text(STR("1"))));
    return v;
}

static void created(const char *text, const char *want)
{
    struct arena *a = NULL;
    struct faults f;
    assert_done(arena_new(&a, 1 << 24));
    faults_init(&f, a);
    struct value v = made(a, text);
    kinds_validate_create(kind_of(&v), &v, &f);
    faults_are(&f, want);
    arena_free(a);
}

static void updated(const char *before, const char *sub, const char *after, const char *want)
{
    struct arena *a = NULL;
    struct faults f;
    assert_done(arena_new(&a, 1 << 24));
    faults_init(&f, a);
    struct value old = made(a, before), now = parse(a, after);
    const struct schema_kind *k = kind_of(&now);
    in_namespace(a, &now);
    assert_done(kinds_prepare_update(a, k, str_of(sub), &old, &now, NOW));
    assert_done(kinds_default(a, k, &now));
    assert_non_null(value_put(a, &now, "metadata.resourceVersion", value_make_text(STR("1"))));
    kinds_validate_update(k, str_of(sub), &old, &now, &f);
    faults_are(&f, want);
    arena_free(a);
}

#define POD(spec) "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":" spec "}"
#define META      "\"metadata\":{\"name\":\"x\"}"

static void good_objects(void **state)
{
    (void)state;
    static const char *const good[] = {
        POD("{\"containers\":[{\"name\":\"c\",\"image\":\"nginx\",\"ports\":[{\"containerPort\":80,\"name\":\"http\"}],"
            "\"resources\":{\"requests\":{\"cpu\":\"100m\"},\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}},"
            "\"env\":[{\"name\":\"A\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"status.podIP\"}}}],"
            "\"livenessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":\"http\"}},"
            "\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"}]}],"
            "\"volumes\":[{\"name\":\"v\",\"configMap\":{\"name\":\"m\"}},{\"name\":\"e\",\"emptyDir\":{}},"
            "{\"name\":\"p\",\"persistentVolumeClaim\":{\"claimName\":\"c\"}},"
            "{\"name\":\"j\",\"projected\":{\"sources\":[{\"secret\":{\"name\":\"s\"}},{\"downwardAPI\":{\"items\":"
            "[{\"path\":\"l\",\"fieldRef\":{\"fieldPath\":\"metadata.labels\"}}]}}]}}],"
            "\"tolerations\":[{\"operator\":\"Exists\"}],\"nodeSelector\":{\"a\":\"b\"},"
            "\"affinity\":{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{\"nodeSelectorTerms\":"
            "[{\"matchExpressions\":[{\"key\":\"k\",\"operator\":\"In\",\"values\":[\"v\"]}]}]}}},"
            "\"topologySpreadConstraints\":[{\"maxSkew\":1,\"topologyKey\":\"zone\",\"whenUnsatisfiable\":"
            "\"DoNotSchedule\",\"labelSelector\":{}}]}"),
        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\"," META ",\"spec\":{\"selector\":{\"matchLabels\":"
        "{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":"
        "[{\"name\":\"c\",\"image\":\"i\"}]}}}}",
        "{\"apiVersion\":\"apps/v1\",\"kind\":\"DaemonSet\"," META ",\"spec\":{\"selector\":{\"matchLabels\":"
        "{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":"
        "[{\"name\":\"c\",\"image\":\"i\"}]}}}}",
        "{\"apiVersion\":\"apps/v1\",\"kind\":\"StatefulSet\"," META ",\"spec\":{\"serviceName\":\"s\",\"selector\":"
        "{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{"
        "\"containers\":"
        "[{\"name\":\"c\",\"image\":\"i\",\"volumeMounts\":[{\"name\":\"d\",\"mountPath\":\"/"
        "d\"}]}]}},\"volumeClaimTemplates\":[{\"metadata\":{\"name\":\"d\"},\"spec\":"
        "{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}]}}",
        "{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\"," META ",\"spec\":{\"selector\":{\"matchLabels\":"
        "{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":"
        "[{\"name\":\"c\",\"image\":\"i\"}]}}}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"ReplicationController\"," META ",\"spec\":{\"selector\":{\"a\":\"b\"},"
        "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":"
        "\"i\"}]}}}}",
        "{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\"," META ",\"spec\":{\"template\":{\"spec\":{\"restartPolicy\":"
        "\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}",
        "{\"apiVersion\":\"batch/v1\",\"kind\":\"CronJob\"," META ",\"spec\":{\"schedule\":\"*/5 0-3 * jan,feb 1\","
        "\"jobTemplate\":{\"spec\":{\"template\":{\"spec\":{\"restartPolicy\":\"OnFailure\",\"containers\":"
        "[{\"name\":\"c\",\"image\":\"i\"}]}}}}}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Service\"," META ",\"spec\":{\"selector\":{\"a\":\"b\"},\"ports\":"
        "[{\"port\":80}]}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Service\"," META ",\"spec\":{\"type\":\"LoadBalancer\",\"ports\":"
        "[{\"port\":80,\"name\":\"a\",\"targetPort\":\"http\"},{\"port\":81,\"name\":\"b\"}]}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Service\"," META ",\"spec\":{\"type\":\"ExternalName\",\"externalName\":"
        "\"example.com\"}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"," META ",\"data\":{\"a\":\"b\"}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\"," META ",\"stringData\":{\"a\":\"b\"}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\"," META "}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Node\"," META ",\"spec\":{\"podCIDRs\":[\"10.0.0.0/24\"]}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\"," META "}",
        "{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\"," META ",\"spec\":{\"accessModes\":"
        "[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolume\"," META ",\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],"
        "\"capacity\":{\"storage\":\"1Gi\"},\"hostPath\":{\"path\":\"/x\"}}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Endpoints\"," META ",\"subsets\":[{\"addresses\":[{\"ip\":\"10.0.0.1\"}],"
        "\"ports\":[{\"port\":80}]}]}",
        "{\"apiVersion\":\"v1\",\"kind\":\"ResourceQuota\"," META ",\"spec\":{\"hard\":{\"cpu\":\"1\",\"pods\":\"10\","
        "\"count/deployments.apps\":\"3\"}}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"LimitRange\"," META ",\"spec\":{\"limits\":[{\"type\":\"Container\","
        "\"default\":{\"cpu\":\"1\"},\"defaultRequest\":{\"cpu\":\"500m\"}}]}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Event\"," META ",\"involvedObject\":{\"namespace\":\"default\"}}",
        "{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\"," META ",\"spec\":{\"leaseDurationSeconds\":5}}",
        "{\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\"," META ",\"addressType\":\"IPv4\","
        "\"endpoints\":[{\"addresses\":[\"10.0.0.1\"]}],\"ports\":[{\"port\":80,\"name\":\"\"}]}",
        "{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"Ingress\"," META ",\"spec\":{\"rules\":[{\"host\":"
        "\"*.example.com\",\"http\":{\"paths\":[{\"path\":\"/\",\"pathType\":\"Prefix\",\"backend\":{\"service\":"
        "{\"name\":\"s\",\"port\":{\"number\":80}}}}]}}]}}",
        "{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"NetworkPolicy\"," META ",\"spec\":{\"podSelector\":{},"
        "\"ingress\":[{\"from\":[{\"podSelector\":{}},{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\"}}],\"ports\":"
        "[{\"port\":\"http\"},{\"port\":80,\"endPort\":90}]}]}}",
        "{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"IngressClass\"," META ",\"spec\":{\"controller\":"
        "\"example.com/c\"}}",
        "{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"ClusterRole\",\"metadata\":{\"name\":"
        "\"system:x\"},\"rules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]},"
        "{\"verbs\":[\"get\"],\"nonResourceURLs\":[\"/healthz\"]}]}",
        "{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"RoleBinding\"," META ",\"roleRef\":{\"kind\":"
        "\"Role\",\"name\":\"r\"},\"subjects\":[{\"kind\":\"ServiceAccount\",\"name\":\"s\"},{\"kind\":\"User\","
        "\"name\":\"u\"}]}",
        "{\"apiVersion\":\"autoscaling/v2\",\"kind\":\"HorizontalPodAutoscaler\"," META ",\"spec\":{\"maxReplicas\":3,"
        "\"scaleTargetRef\":{\"kind\":\"Deployment\",\"name\":\"d\",\"apiVersion\":\"apps/v1\"}}}",
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"PodDisruptionBudget\"," META ",\"spec\":{\"minAvailable\":\"50%\","
        "\"selector\":{\"matchLabels\":{\"a\":\"b\"}}}}",
        "{\"apiVersion\":\"scheduling.k8s.io/v1\",\"kind\":\"PriorityClass\"," META ",\"value\":10}",
        "{\"apiVersion\":\"storage.k8s.io/v1\",\"kind\":\"StorageClass\"," META ",\"provisioner\":\"example.com/p\"}",
        "{\"apiVersion\":\"node.k8s.io/v1\",\"kind\":\"RuntimeClass\"," META ",\"handler\":\"runc\"}",
        "{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"CustomResourceDefinition\",\"metadata\":{\"name\":"
        "\"things.example.com\"},\"spec\":{\"group\":\"example.com\",\"scope\":\"Namespaced\",\"names\":{\"plural\":"
        "\"things\",\"kind\":\"Thing\"},\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":true,\"schema\":"
        "{\"openAPIV3Schema\":{\"type\":\"object\"}}}]}}",
        "{\"apiVersion\":\"admissionregistration.k8s.io/v1\",\"kind\":\"ValidatingWebhookConfiguration\"," META
        ",\"webhooks\":[{\"name\":\"a.example.com\",\"sideEffects\":\"None\",\"admissionReviewVersions\":[\"v1\"],"
        "\"clientConfig\":{\"service\":{\"name\":\"s\",\"namespace\":\"n\"}},\"rules\":[{\"operations\":[\"CREATE\"],"
        "\"apiGroups\":[\"*\"],\"apiVersions\":[\"*\"],\"resources\":[\"*\"]}]}]}",
        "{\"apiVersion\":\"certificates.k8s.io/v1\",\"kind\":\"CertificateSigningRequest\"," META ",\"spec\":"
        "{\"request\":\"YQ==\",\"signerName\":\"kubernetes.io/kube-apiserver-client\",\"usages\":[\"client auth\"]}}",
        "{\"apiVersion\":\"storage.k8s.io/v1\",\"kind\":\"CSIDriver\"," META ",\"spec\":{}}",
        "{\"apiVersion\":\"apps/v1\",\"kind\":\"ControllerRevision\"," META ",\"revision\":1,\"data\":{\"a\":1}}",
    };
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        created(good[i], "");
        if (!strstr(good[i], "\"Job\"")) /* a job's selector and labels are made once, on create */
            updated(good[i], "", good[i], "");
    }
}

static void names_and_metadata(void **state)
{
    (void)state;
    created("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"A_b\",\"labels\":{\"a b\":\"c d\"},"
            "\"finalizers\":[\"x\"]}}",
            "metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case "
            "alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. "
            "'example.com', regex used for validation is "
            "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')\n"
            "metadata.labels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or "
            "'.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or "
            "'123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')\n"
            "metadata.labels: Invalid value: \"c d\": a valid label must be an empty string or consist of "
            "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. "
            "'MyValue',  or 'my_value',  or '12345', regex used for validation is "
            "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')\n"
            "metadata.finalizers[0]: Invalid value: \"x\": name is neither a standard finalizer name nor is it fully "
            "qualified\n");
    created("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"1a\"},\"spec\":{\"ports\":"
            "[{\"port\":0}]}}",
            "metadata.name: Invalid value: \"1a\": a DNS-1035 label must consist of lower case alphanumeric characters "
            "or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or "
            "'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')\n"
            "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive\n"
            "spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive\n");
    updated("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"," META ",\"immutable\":true,\"data\":{\"a\":\"b\"}}", "",
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"," META ",\"data\":{\"a\":\"c\"}}",
            "immutable: Forbidden: field is immutable when `immutable` is set\n"
            "data: Forbidden: field is immutable when `immutable` is set\n");
}

static void pods(void **state)
{
    (void)state;
    created(POD("{}"), "spec.containers: Required value\n");
    created(POD("{\"containers\":[{\"name\":\"c\",\"ports\":[{\"containerPort\":0},{\"containerPort\":99999}],"
                "\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"}],\"imagePullPolicy\":\"Sometimes\"}],"
                "\"restartPolicy\":\"Maybe\"}"),
            "spec.containers[0].image: Required value\n"
            "spec.containers[0].ports[0].containerPort: Required value\n"
            "spec.containers[0].ports[1].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive\n"
            "spec.containers[0].volumeMounts[0].name: Not found: \"v\"\n"
            "spec.containers[0].imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", "
            "\"IfNotPresent\", \"Never\"\n"
            "spec.restartPolicy: Unsupported value: \"Maybe\": supported values: \"Always\", \"OnFailure\", \"Never\"\n");
    created(POD("{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"resources\":{\"requests\":{\"cpu\":\"2\"},"
                "\"limits\":{\"cpu\":\"1\"}}},{\"name\":\"c\",\"image\":\"i\"}],\"dnsPolicy\":\"None\"}"),
            "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1\n"
            "spec.containers[1].name: Duplicate value: \"c\"\n"
            "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None\n");
    created(POD("{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"securityContext\":{\"runAsUser\":-1}}],"
                "\"tolerations\":[{\"key\":\"k\",\"operator\":\"Exists\",\"value\":\"v\"}],\"hostNetwork\":true,"
                "\"hostUsers\":false}"),
            "spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, "
            "inclusive\n"
            "spec.hostNetwork: Forbidden: when `hostUsers` is false\n"
            "spec.tolerations[0].operator: Invalid value: \"v\": value must be empty when `operator` is 'Exists'\n");
    created(POD("{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"volumeDevices\":[{\"name\":\"v\",\"devicePath\":\"/d\"}]}],"
                "\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":{\"claimName\":\"p\"}}],\"hostUsers\":false,\"hostPID\":true}"),
            "spec.HostPID: Forbidden: when `hostUsers` is false\n"
            "spec.containers[0].volumeDevices: Forbidden: when `hostUsers` is false\n");
}

static void pod_updates(void **state)
{
    (void)state;
    static const char before[] = POD("{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"tolerations\":"
                                     "[{\"key\":\"a\",\"operator\":\"Exists\"}]}");
    updated(before, "",
            POD("{\"containers\":[{\"name\":\"c\",\"image\":\"j\"}],\"tolerations\":[{\"key\":\"a\","
                "\"operator\":\"Exists\"},{\"key\":\"b\",\"operator\":\"Exists\"}],"
                "\"activeDeadlineSeconds\":5}"),
            "");
    updated(before, "", POD("{\"containers\":[{\"name\":\"c\",\"image\":\"j\",\"command\":[\"x\"]}]}"),
            "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds\n"
            "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,"
            "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing "
            "tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously "
            "negative)\n");
    updated(before, "", POD("{\"containers\":[{\"name\":\"c\",\"image\":\"j\"},{\"name\":\"d\",\"image\":\"j\"}]}"),
            "spec.containers: Forbidden: pod updates may not add or remove containers\n");
}

#define SIZED(r) POD("{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"resources\":{" r "}}]}")

/* KEP-1287: what the resize subresource may change. */
static void pod_resizes(void **state)
{
    (void)state;
    static const char before[] = SIZED("\"requests\":{\"cpu\":\"1\",\"memory\":\"1Gi\"},\"limits\":{\"memory\":\"2Gi\"}");
    updated(before, "resize", SIZED("\"requests\":{\"cpu\":\"2\",\"memory\":\"1Mi\"},\"limits\":{\"cpu\":\"3\",\"memory\":\"1Gi\"}"), "");
    updated(before, "resize", SIZED("\"requests\":{\"memory\":\"1Gi\"},\"limits\":{\"memory\":\"2Gi\"}"),
            "spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed\n");
    updated(before, "resize", SIZED("\"requests\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}"),
            "spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed\n");
    updated(before, "resize", SIZED("\"requests\":{\"cpu\":\"1\",\"memory\":\"1Gi\",\"ephemeral-storage\":\"1Gi\"},\"limits\":{\"memory\":\"2Gi\"}"),
            "spec: Forbidden: only cpu and memory resources are mutable\n");
    updated(before, "resize", SIZED("\"requests\":{\"cpu\":\"1\",\"memory\":\"2Gi\"},\"limits\":{\"cpu\":\"1\",\"memory\":\"2Gi\"}"),
            "spec: Invalid value: \"Burstable\": Pod QOS Class may not change as a result of resizing\n");
}

static bool is_berlin(struct str zone)
{
    return str_is(zone, "Europe/Berlin");
}

static void scheduled(const char *schedule, const char *zone, const char *want)
{
    char text[1024];
    snprintf(text, sizeof(text),
             "{\"apiVersion\":\"batch/v1\",\"kind\":\"CronJob\"," META ",\"spec\":{\"schedule\":\"%s\",%s%s%s"
             "\"jobTemplate\":{\"spec\":{\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}}}",
             schedule, zone ? "\"timeZone\":\"" : "", zone ? zone : "", zone ? "\"," : "");
    created(text, want);
}

static void workloads(void **state)
{
    (void)state;
    created("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\"," META ",\"spec\":{\"replicas\":-1,\"selector\":"
            "{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"c\"}},\"spec\":"
            "{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}},"
            "\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":{}}}}",
            "spec.replicas: Invalid value: -1: must be greater than or equal to 0\n"
            "spec.template.metadata.labels: Invalid value: {\"a\":\"c\"}: `selector` does not match template `labels`\n"
            "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"\n"
            "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'\n");
    created("{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\"," META ",\"spec\":{\"template\":{\"spec\":{\"containers\":"
            "[{\"name\":\"c\",\"image\":\"i\"}]}}}}",
            "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"\n");
    created("{\"apiVersion\":\"batch/v1\",\"kind\":\"CronJob\"," META ",\"spec\":{\"schedule\":\"* * *\","
            "\"concurrencyPolicy\":\"X\",\"jobTemplate\":{\"spec\":{\"template\":{\"spec\":{\"restartPolicy\":"
            "\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}}}",
            "spec.schedule: Invalid value: \"* * *\": expected exactly 5 fields, found 3: [* * *]\n"
            "spec.concurrencyPolicy: Unsupported value: \"X\": supported values: \"Allow\", \"Forbid\", \"Replace\"\n");
    scheduled("@every nonsense", NULL,
              "spec.schedule: Invalid value: \"@every nonsense\": failed to parse duration @every nonsense: time: invalid duration \"nonsense\"\n");
    scheduled("@every 90m", NULL, "");
    scheduled("TZ=UTC * * * * *", NULL,
              "spec.schedule: Invalid value: \"TZ=UTC * * * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead\n");
    scheduled("* * * * *", "Mars/Base", "");
    kinds_zones(is_berlin);
    scheduled("* * * * *", "Mars/Base", "spec.timeZone: Invalid value: \"Mars/Base\": unknown time zone Mars/Base\n");
    scheduled("* * * * *", "Europe/Berlin", "");
    scheduled("* * * * *", "local",
              "spec.timeZone: Invalid value: \"local\": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones\n");
    kinds_zones(NULL);
    updated("{\"apiVersion\":\"apps/v1\",\"kind\":\"StatefulSet\"," META ",\"spec\":{\"serviceName\":\"s\",\"selector\":"
            "{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":"
            "{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}",
            "",
            "{\"apiVersion\":\"apps/v1\",\"kind\":\"StatefulSet\"," META ",\"spec\":{\"serviceName\":\"t\",\"replicas\":4,"
            "\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":"
            "{\"containers\":[{\"name\":\"c\",\"image\":\"j\"}]}}}}",
            "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
            "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are "
            "forbidden\n");
}

static void the_rest(void **state)
{
    (void)state;
    created("{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"RoleBinding\"," META ",\"roleRef\":{\"kind\":"
            "\"X\",\"name\":\"\"},\"subjects\":[{\"kind\":\"Y\",\"name\":\"u\"}]}",
            "roleRef.kind: Unsupported value: \"X\": supported values: \"Role\", \"ClusterRole\"\n"
            "roleRef.name: Required value\n"
            "subjects[0].kind: Unsupported value: \"Y\": supported values: \"ServiceAccount\", \"User\", \"Group\"\n");
    created("{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"Ingress\"," META ",\"spec\":{\"rules\":[{\"host\":"
            "\"10.0.0.1\",\"http\":{\"paths\":[{\"path\":\"x\",\"pathType\":\"Exact\",\"backend\":{}}]}}]}}",
            "spec.rules[0].host: Invalid value: \"10.0.0.1\": must be a DNS name, not an IP address\n"
            "spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path\n"
            "spec.rules[0].http.paths[0].backend: Invalid value: \"\": resource or service backend is required\n");
    created("{\"apiVersion\":\"v1\",\"kind\":\"LimitRange\"," META ",\"spec\":{\"limits\":[{\"type\":\"Container\","
            "\"min\":{\"cpu\":\"2\"},\"max\":{\"cpu\":\"1\"}}]}}",
            "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1\n"
            "spec.limits[0].defaultRequest[cpu]: Invalid value: \"1\": min value 2 is greater than default request "
            "value 1\n"
            "spec.limits[0].default[cpu]: Invalid value: \"1\": min value 2 is greater than default value 1\n");
    created("{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\"," META ",\"spec\":{}}",
            "spec.accessModes: Required value: at least 1 access mode is required\n"
            "spec.resources[storage]: Required value\n");
    updated("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\"," META "}", "status",
            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\"," META ",\"status\":{\"phase\":\"Terminating\"}}",
            "status.Phase: Invalid value: \"Terminating\": may only be 'Active' if `deletionTimestamp` is empty\n");
}

/* ── priority and fairness ── */
#define FLOW(name, spec) \
    "{\"apiVersion\":\"flowcontrol.apiserver.k8s.io/v1\",\"kind\":\"FlowSchema\",\"metadata\":{\"name\":\"" name "\"},\"spec\":{" spec "}}"
#define LEVEL(name, spec) \
    "{\"apiVersion\":\"flowcontrol.apiserver.k8s.io/v1\",\"kind\":\"PriorityLevelConfiguration\",\"metadata\":{\"name\":\"" name \
    "\"},\"spec\":{" spec "}}"
#define TO_X   "\"priorityLevelConfiguration\":{\"name\":\"x\"}"
#define USER   "\"rules\":[{\"subjects\":[{\"kind\":\"User\",\"user\":{\"name\":\"u\"}}],"
#define QUEUES "\"type\":\"Limited\",\"limited\":{\"limitResponse\":{\"type\":\"Queue\",\"queuing\":"

static void flows(void **state)
{
    (void)state;
    created(FLOW("a", TO_X "," USER "\"resourceRules\":[{\"verbs\":[\"get\",\"list\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"],"
                           "\"namespaces\":[\"*\"]}],\"nonResourceRules\":[{\"verbs\":[\"*\"],\"nonResourceURLs\":[\"/a/*\"]}]}]"),
            "");
    created(FLOW("a", "\"matchingPrecedence\":1,\"priorityLevelConfiguration\":{\"name\":\"\"},\"rules\":[{\"subjects\":[]}]"),
            "spec.matchingPrecedence: Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1\n"
            "spec.priorityLevelConfiguration.name: Required value: must reference a priority level\n"
            "spec.rules[0].subjects: Required value: subjects must contain at least one value\n"
            "spec.rules[0]: Required value: at least one of resourceRules and nonResourceRules has to be non-empty\n");
    created(FLOW("a", TO_X ",\"matchingPrecedence\":10001,\"rules\":[{\"subjects\":[{\"kind\":\"User\",\"group\":{\"name\":\"g\"}}],"
                           "\"nonResourceRules\":[{\"verbs\":[\"*\",\"get\"],\"nonResourceURLs\":[\"a\",\"/b//c\",\"/*/d\"]}]}]"),
            "spec.matchingPrecedence: Invalid value: 10001: must not be greater than 10000\n"
            "spec.rules[0].subjects[0].user: Required value: user is required when subject kind is 'User'\n"
            "spec.rules[0].subjects[0].group: Forbidden: group is forbidden when subject kind is not 'Group'\n"
            "spec.rules[0].nonResourceRules[0].verbs: Invalid value: [\"*\",\"get\"]: if '*' is present, must not specify other verbs\n"
            "spec.rules[0].nonResourceRules[0].nonResourceURLs[0]: Invalid value: \"a\": must start with slash\n"
            "spec.rules[0].nonResourceRules[0].nonResourceURLs[1]: Invalid value: \"/b//c\": must not contain double slash\n"
            "spec.rules[0].nonResourceRules[0].nonResourceURLs[2]: Invalid value: \"/*/d\": wildcard can only do suffix matching\n");
    created(LEVEL("a", QUEUES "{\"queues\":128,\"handSize\":9}}}"),
            "spec.limited.limitResponse.queuing.handSize: Invalid value: 9: required entropy bits of deckSize 128 and handSize 9 should "
            "not be greater than 60\n");
    created(LEVEL("a", QUEUES "{\"queues\":4,\"handSize\":9}}}"),
            "spec.limited.limitResponse.queuing.handSize: Invalid value: 9: should not be greater than queues (4)\n");
    created(LEVEL("a", "\"type\":\"Exempt\""), "spec.type: Invalid value: \"Exempt\": must be 'Exempt' if and only if `name` is 'exempt'\n");
    created(LEVEL("a", "\"type\":\"Limited\",\"limited\":{\"lendablePercent\":101,\"borrowingLimitPercent\":-1,\"limitResponse\":{\"type\":"
                       "\"Reject\",\"queuing\":{}}}"),
            "spec.limited.lendablePercent: Invalid value: 101: must be between 0 and 100, inclusive\n"
            "spec.limited.limitResponse.queuing: Forbidden: must be nil if limited.limitResponse.type is not Limited\n"
            "spec.limited.borrowingLimitPercent: Invalid value: -1: if specified, must be a non-negative integer\n");
    created(LEVEL("exempt", "\"type\":\"Exempt\",\"exempt\":{\"lendablePercent\":50}"), "");
    created(LEVEL("catch-all", "\"type\":\"Limited\",\"limited\":{\"nominalConcurrencyShares\":5,\"limitResponse\":{\"type\":\"Reject\"}}"), "");
    created(LEVEL("catch-all", "\"type\":\"Limited\",\"limited\":{\"nominalConcurrencyShares\":6,\"limitResponse\":{\"type\":\"Reject\"}}"),
            "spec: Invalid value: {\"type\":\"Limited\",\"limited\":{\"nominalConcurrencyShares\":6,\"limitResponse\":{\"type\":\"Reject\"},"
            "\"lendablePercent\":0}}: spec of 'catch-all' must equal the fixed value\n");
}

#define GROUP(spec) "{\"apiVersion\":\"scheduling.k8s.io/v1beta1\",\"kind\":\"PodGroup\"," META ",\"spec\":{" spec "}}"
#define TREE(spec)  "{\"apiVersion\":\"scheduling.k8s.io/v1alpha3\",\"kind\":\"CompositePodGroup\"," META ",\"spec\":{" spec "}}"
#define WORK(spec)  "{\"apiVersion\":\"scheduling.k8s.io/v1alpha3\",\"kind\":\"Workload\"," META ",\"spec\":{" spec "}}"
#define GANG(n)     "\"schedulingPolicy\":{\"gang\":{\"minCount\":" #n "}}"
#define BASIC       "\"schedulingPolicy\":{\"basic\":{}}"

static void groups(void **state)
{
    (void)state;
    created(GROUP(GANG(3) ",\"schedulingConstraints\":{\"topology\":[{\"key\":\"zone\"}]}"), "");
    created(GROUP(""), "spec.schedulingPolicy: Invalid value: \"\": must specify one of: `basic`, `gang`\n");
    created(GROUP(GANG(0) ",\"parentCompositePodGroupName\":\"A\",\"schedulingConstraints\":{\"topology\":[{\"key\":\"\"},{\"key\":\"b\"}]},"
                          "\"disruptionMode\":{\"all\":{},\"single\":{}},\"priority\":2000000000,\"resourceClaims\":[{\"name\":\"c\"}]"),
            "spec.parentCompositePodGroupName: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric "
            "characters, '-' or "
            "'.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
            "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')\n"
            "spec.workloadRef: Required value: must be set when parentCompositePodGroupName is set\n"
            "spec.schedulingPolicy.gang.minCount: Invalid value: 0: must be greater than or equal to 1\n"
            "spec.schedulingConstraints.topology: Too many: 2: must have at most 1 item\n"
            "spec.schedulingConstraints.topology[0].key: Required value\n"
            "spec.resourceClaims[0]: Invalid value: \"\": must specify one of: `resourceClaimName`, `resourceClaimTemplateName`\n"
            "spec.disruptionMode: Invalid value: \"{`single`, `all`}\": must specify exactly one of: `single`, `all`\n"
            "spec.priority: Invalid value: 2000000000: must be less than or equal to 1000000000\n");
    updated(GROUP(GANG(3)), "", GROUP(GANG(2)), "");
    updated(GROUP(GANG(3)), "", GROUP(BASIC ",\"priorityClassName\":\"x\""),
            "spec.priorityClassName: Invalid value: \"x\": field is immutable\n"
            "spec.schedulingPolicy.basic: Invalid value: {}: field cannot be set once created\n"
            "spec.schedulingPolicy.gang: Invalid value: null: field cannot be cleared once set\n");
    created(TREE("\"schedulingPolicy\":{\"gang\":{\"minGroupCount\":2}}"), "spec.workloadRef: Required value\n");
    created(WORK("\"podGroupTemplates\":[{\"name\":\"a\"," BASIC "},{\"name\":\"a\"," GANG(1) ",\"priorityClassName\":\"p\"}]"),
            "spec.podGroupTemplates[1].name: Duplicate value: \"a\"\n"
            "spec: Invalid value: null: detected multiple priority configurations\n");
    created(WORK("\"podGroupTemplates\":[]"), "spec: Invalid value: \"\": must specify one of: `podGroupTemplates`, `compositePodGroupTemplates`\n");
    created(WORK("\"compositePodGroupTemplates\":[{\"name\":\"a\"," BASIC "}]"),
            "spec.compositePodGroupTemplates[0]: Invalid value: \"a\": must have at least one child PodGroupTemplate or CompositePodGroupTemplate\n");
    updated(WORK("\"podGroupTemplates\":[{\"name\":\"a\"," GANG(2) "}]"), "", WORK("\"podGroupTemplates\":[{\"name\":\"b\"," GANG(2) "}]"),
            "spec.podGroupTemplates[0]: Invalid value: \"b\": items may not be added once created\n"
            "spec.podGroupTemplates: Invalid value: \"a\": items may not be removed once created\n");
}

/* ── devices ── */

#define CLAIM(devices) \
    "{\"apiVersion\":\"resource.k8s.io/v1\",\"kind\":\"ResourceClaim\",\"metadata\":{\"name\":\"c\"},\"spec\":{\"devices\":{" devices "}}}"
#define SLICE(spec) \
    "{\"apiVersion\":\"resource.k8s.io/" \
    "v1\",\"kind\":\"ResourceSlice\",\"metadata\":{\"name\":\"s\"},\"spec\":{\"driver\":\"gpu.io\",\"pool\":{\"name\":\"n1\"," \
    "\"generation\":1,\"resourceSliceCount\":1}," spec "}}"

static void devices_claims(void **state)
{
    (void)state;
    created(
        CLAIM("\"requests\":[{\"name\":\"r\",\"exactly\":{\"deviceClassName\":\"gpu\",\"selectors\":[{\"cel\":{\"expression\":\"device.attributes['"
              "gpu.io'].ecc && "
              "cel.bind(x, device.capacity['gpu.io'], x.memory.isGreaterThan(quantity('1Gi')))\"}}],\"tolerations\":[{\"operator\":\"Exists\"}]}}],"
              "\"constraints\":[{\"matchAttribute\":\"gpu.io/"
              "numa\"}],\"config\":[{\"requests\":[\"r\"],\"opaque\":{\"driver\":\"gpu.io\",\"parameters\":{\"a\":1}}}]"),
        "");
    created(CLAIM("\"requests\":[{\"name\":\"R\"},{\"name\":\"q\",\"exactly\":{\"deviceClassName\":\"\",\"allocationMode\":\"All\",\"count\":2}}]"),
            "spec.devices.requests[0].name: Invalid value: \"R\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or "
            "'-', and must start and "
            "end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')\n"
            "spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required\n"
            "spec.devices.requests[1].exactly.deviceClassName: Required value\n"
            "spec.devices.requests[1].exactly.count: Invalid value: 2: must not be specified when allocationMode is 'All'\n");
    created(CLAIM("\"requests\":[{\"name\":\"r\",\"firstAvailable\":[{\"name\":\"a\",\"deviceClassName\":\"gpu\"},{\"name\":\"a\","
                  "\"deviceClassName\":\"gpu\"}]}],"
                  "\"constraints\":[{\"requests\":[\"r/"
                  "b\"],\"matchAttribute\":\"numa\"},{}],\"config\":[{\"opaque\":{\"driver\":\"gpu.io\",\"parameters\":[1]}}]"),
            "spec.devices.requests[0].firstAvailable[1]: Duplicate value: \"a\"\n"
            "spec.devices.constraints[0].requests[0]: Invalid value: \"r/b\": must be the name of a request in the claim or the name of a request "
            "and a subrequest separated by '/'\n"
            "spec.devices.constraints[0].matchAttribute: Invalid value: \"numa\": a fully qualified name must be a domain and a name separated by a "
            "slash\n"
            "spec.devices.constraints[1]: Required value: exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple "
            "fields are set\n"
            "spec.devices.config[0].opaque.parameters: Invalid value: \"<value omitted>\": must be a valid JSON object\n");
}

static void devices_slices(void **state)
{
    (void)state;
    created(SLICE("\"nodeName\":\"n1\",\"devices\":[{\"name\":\"d0\",\"attributes\":{\"v\":{\"version\":\"1.2.3-rc.1+x\"},\"o.io/"
                  "x\":{\"int\":1}},\"capacity\":{\"m\":{\"value\":\"8Gi\","
                  "\"requestPolicy\":{\"default\":\"1Gi\",\"validRange\":{\"min\":\"1Gi\",\"step\":\"1Gi\",\"max\":\"8Gi\"}}}},"
                  "\"allowMultipleAllocations\":true,"
                  "\"taints\":[{\"key\":\"k\",\"effect\":\"NoSchedule\"}]}]"),
            "");
    created(SLICE("\"allNodes\":true,\"sharedCounters\":[{\"name\":\"s\",\"counters\":{\"c\":{\"value\":\"1\"}}}]"), "");
    created(SLICE("\"nodeName\":\"n1\",\"allNodes\":true,\"devices\":[{\"name\":\"d\",\"nodeName\":\"n1\",\"attributes\":{\"v\":{\"version\":\"1.02."
                  "3\"},\"w\":{},\"3\":{\"int\":1}},"
                  "\"capacity\":{\"m\":{\"value\":\"8\",\"requestPolicy\":{\"default\":\"1\"}}},\"taints\":[{\"key\":\"k\",\"effect\":\"Never\"}]},{"
                  "\"name\":\"d\"}]"),
            "spec: Invalid value: \"{`nodeName`, `allNodes`}\": exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is "
            "required, but multiple fields are set\n"
            "spec.devices[0].attributes[v].version: Invalid value: \"1.02.3\": must be a string compatible with semver.org spec 2.0.0\n"
            "spec.devices[0].attributes[w]: Invalid value: {}: exactly one value must be specified\n"
            "spec.devices[0].attributes: Invalid value: \"3\": a valid C identifier must start with alphabetic character or '_', followed by a "
            "string of alphanumeric characters or "
            "'_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')\n"
            "spec.devices[0].capacity[m].requestPolicy: Forbidden: allowMultipleAllocations must be true\n"
            "spec.devices[0].taints[0].effect: Unsupported value: \"Never\": supported values: \"NoExecute\", \"NoSchedule\", \"None\"\n"
            "spec.devices[0]: Invalid value: null: `nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to "
            "true in the ResourceSlice spec\n"
            "spec.devices[1]: Duplicate value: \"d\"\n");
}

#define POLICY(text) "{\"name\":\"d\",\"allowMultipleAllocations\":true,\"capacity\":{\"m\":{\"value\":\"8\",\"requestPolicy\":{" text "}}}}"
#define LIST10       "\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\""

static void devices_shared(void **state)
{
    (void)state;
    static const char policy[] = "spec.devices[0].capacity[m].requestPolicy";
    static const struct {
        const char *policy, *says;
    } rows[] = {
        {POLICY("\"default\":\"2\",\"validValues\":[\"1\",\"2\",\"8\"]"), ""},
        {POLICY("\"default\":\"3\",\"validValues\":[\"2\",\"1\",\"9\",\"9\"]"),
         ".validValues[1]: Invalid value: \"1\": values must be sorted in ascending order\n"
         ".validValues[2]: Invalid value: \"9\": option is larger than capacity value: 8\n"
         ".validValues[3]: Duplicate value: \"9\"\n"
         ".validValues[3]: Invalid value: \"9\": option is larger than capacity value: 8\n"
         ".validValues: Invalid value: \"3\": default value is not valid according to the requestPolicy\n"},
        {POLICY("\"default\":\"1\",\"validValues\":[\"1\"],\"validRange\":{\"min\":\"1\"}"),
         ": Forbidden: exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the same time\n"},
        {POLICY("\"default\":\"1\",\"validRange\":{\"min\":\"2\",\"max\":\"9\"}"),
         ".validRange.min: Invalid value: \"1\": default is less than min: 2\n"
         ".validRange.max: Invalid value: \"9\": max is larger than capacity value: 8\n"},
        {POLICY("\"default\":\"7\",\"validRange\":{\"min\":\"4\",\"max\":\"6\",\"step\":\"5\"}"),
         ".validRange.max: Invalid value: \"7\": default is more than max: 6\n"
         ".validRange.step: Invalid value: \"5\": one step 9 is larger than capacity value: 8\n"
         ".validRange.step: Invalid value: \"7\": value is not a multiple of a given step (5) from (4)\n"
         ".validRange.step: Invalid value: \"6\": value is not a multiple of a given step (5) from (4)\n"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char text[2048], says[2048] = "";
        struct str rest = str_of(rows[i].says), line;
        while (str_next(&rest, '\n', &line))
            if (line.n)
                snprintf(says + strlen(says), sizeof(says) - strlen(says), "%s%.*s\n", policy, STR_FMT(line));
        snprintf(text, sizeof(text), "%s%s%s",
                 "{\"apiVersion\":\"resource.k8s.io/v1\",\"kind\":\"ResourceSlice\",\"metadata\":{\"name\":\"s\"},\"spec\":{\"driver\":\"gpu.io\","
                 "\"pool\":{\"name\":\"n1\",\"generation\":1,\"resourceSliceCount\":1},\"nodeName\":\"n1\",\"devices\":[",
                 rows[i].policy, "]}}");
        created(text, says);
    }
    created(SLICE("\"nodeName\":\"n1\",\"devices\":[{\"name\":\"d\",\"attributes\":{\"a\":{\"strings\":[" LIST10 "]},\"b\":{\"strings\":[" LIST10
                  "]},\"c\":{\"strings\":[" LIST10 "]},\"d\":{\"strings\":[" LIST10 "]},\"e\":{\"strings\":[" LIST10 "]}}}]"),
            "spec.devices[0]: Invalid value: 50: the total number of attribute values must not exceed 48\n");
    created(
        SLICE("\"nodeName\":\"n1\",\"devices\":[{\"name\":\"d\",\"consumesCounters\":[{\"counterSet\":\"a\",\"counters\":{\"c\":{\"value\":\"1\"}}},{"
              "\"counterSet\":\"a\",\"counters\":{\"c\":{\"value\":\"1\"}}}]},{\"name\":\"e\",\"consumesCounters\":[{\"counters\":{}}]},{\"name\":"
              "\"f\","
              "\"consumesCounters\":[{\"counterSet\":\"a\",\"counters\":{\"c\":{\"value\":\"1\"}}},{\"counterSet\":\"b\",\"counters\":{\"c\":{"
              "\"value\":"
              "\"1\"}}},{\"counterSet\":\"c\",\"counters\":{\"c\":{\"value\":\"1\"}}}]}]"),
        "spec.devices[0].consumesCounters[1]: Duplicate value: \"a\"\n"
        "spec.devices[1].consumesCounters[0].counterSet: Required value\n"
        "spec.devices[1].consumesCounters[0].counters: Required value\n"
        "spec.devices[2].consumesCounters: Too many: 3: must have at most 2 items\n");
    created(SLICE("\"nodeName\":\"n1\",\"devices\":[{\"name\":\"d\"}],\"sharedCounters\":[{\"name\":\"s\",\"counters\":{\"c\":{\"value\":\"1\"}}}]"),
            "spec: Invalid value: \"\": only one of `sharedCounters` or `devices` is allowed\n");
}

static void devices_classes(void **state)
{
    (void)state;
    created("{\"apiVersion\":\"resource.k8s.io/"
            "v1\",\"kind\":\"DeviceClass\",\"metadata\":{\"name\":\"gpu\"},\"spec\":{\"selectors\":[{\"cel\":{\"expression\":\"1 + 1\"}}],"
            "\"extendedResourceName\":\"cpu\"}}",
            "spec.selectors[0].cel.expression: Invalid value: \"1 + 1\": must evaluate to bool or the unknown type, not int\n"
            "spec.extendedResourceName: Invalid value: \"cpu\": must be a valid extended resource name\n");
    created(
        "{\"apiVersion\":\"resource.k8s.io/"
        "v1\",\"kind\":\"DeviceTaintRule\",\"metadata\":{\"name\":\"r\"},\"spec\":{\"deviceSelector\":{\"driver\":\"-\"},\"taint\":{\"key\":\"k\"}}}",
        "spec.deviceSelector.driver: Invalid value: \"-\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or "
        "'.', and must start and end "
        "with an alphanumeric character (e.g. 'example.com', regex used for validation is "
        "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')\n"
        "spec.taint.effect: Required value\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups),          cmocka_unit_test(good_objects),   cmocka_unit_test(names_and_metadata), cmocka_unit_test(pods),
        cmocka_unit_test(pod_updates),     cmocka_unit_test(pod_resizes),    cmocka_unit_test(workloads),          cmocka_unit_test(the_rest),
        cmocka_unit_test(flows),           cmocka_unit_test(devices_claims), cmocka_unit_test(devices_slices),     cmocka_unit_test(devices_shared),
        cmocka_unit_test(devices_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
