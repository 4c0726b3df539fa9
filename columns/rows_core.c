#include "columns/inside.h"
#include "columns/rows.h"

static const struct column Pod_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Ready"), STR_INIT("string"), STR_INIT(""), STR_INIT("The aggregate readiness state of this pod for accepting traffic."), 0},
    {STR_INIT("Status"), STR_INIT("string"), STR_INIT(""), STR_INIT("The aggregate status of the containers in this pod."), 0},
    {STR_INIT("Restarts"), STR_INIT("string"), STR_INIT(""),
     STR_INIT("The number of times the containers in this pod have been restarted and when the "
              "last container in this pod has restarted."),
     0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("IP"), STR_INIT("string"), STR_INIT(""), STR_INIT("Address of the pod."), 1},
    {STR_INIT("Node"), STR_INIT("string"), STR_INIT(""), STR_INIT("Node the pod is bound to."), 1},
    {STR_INIT("Nominated Node"), STR_INIT("string"), STR_INIT(""), STR_INIT("Node the pod may be bound to once others have left it."), 1},
    {STR_INIT("Readiness Gates"), STR_INIT("string"), STR_INIT(""), STR_INIT("Readiness gates that are open, of all."), 1},
};
static const struct cell Pod_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_pod_ready},
    {CELL_MADE, .make = cell_pod_status},
    {CELL_MADE, .make = cell_pod_restarts},
    {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_MADE, .make = cell_pod_ip},
    {CELL_TEXT, "spec.nodeName", "<none>"},
    {CELL_TEXT, "status.nominatedNodeName", "<none>"},
    {CELL_MADE, .make = cell_pod_gates},
};

static const struct column PodTemplate_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Containers"), STR_INIT("string"), STR_INIT(""), STR_INIT("Names of each container in the template."), 0},
    {STR_INIT("Images"), STR_INIT("string"), STR_INIT(""), STR_INIT("Images referenced by each container in the template."), 0},
    {STR_INIT("Pod Labels"), STR_INIT("string"), STR_INIT(""), STR_INIT("The labels for the pod template."), 0},
};
static const struct cell PodTemplate_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_NAMES, "template.spec.containers", ""},
    {CELL_IMAGES, "template.spec.containers", ""},
    {CELL_LABELS, "template.metadata.labels", ""},
};

static const struct column ReplicationController_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Desired"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Replicas wanted."), 0},
    {STR_INIT("Current"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Replicas there are."), 0},
    {STR_INIT("Ready"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Replicas that are ready."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("Containers"), STR_INIT("string"), STR_INIT(""), STR_INIT("Names of each container in the template."), 1},
    {STR_INIT("Images"), STR_INIT("string"), STR_INIT(""), STR_INIT("Images referenced by each container in the template."), 1},
    {STR_INIT("Selector"), STR_INIT("string"), STR_INIT(""), STR_INIT("Labels of the pods."), 1},
};
static const struct cell ReplicationController_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_INT, "spec.replicas", ""},
    {CELL_INT, "status.replicas", ""},
    {CELL_INT, "status.readyReplicas", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_NAMES, "spec.template.spec.containers", ""},
    {CELL_IMAGES, "spec.template.spec.containers", ""},
    {CELL_LABELS, "spec.selector", ""},
};

static const struct column apps_ReplicaSet_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Desired"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Replicas wanted."), 0},
    {STR_INIT("Current"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Replicas there are."), 0},
    {STR_INIT("Ready"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Replicas that are ready."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("Containers"), STR_INIT("string"), STR_INIT(""), STR_INIT("Names of each container in the template."), 1},
    {STR_INIT("Images"), STR_INIT("string"), STR_INIT(""), STR_INIT("Images referenced by each container in the template."), 1},
    {STR_INIT("Selector"), STR_INIT("string"), STR_INIT(""), STR_INIT("Label selector of the pods."), 1},
};
static const struct cell apps_ReplicaSet_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_INT, "spec.replicas", ""},
    {CELL_INT, "status.replicas", ""},
    {CELL_INT, "status.readyReplicas", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_NAMES, "spec.template.spec.containers", ""},
    {CELL_IMAGES, "spec.template.spec.containers", ""},
    {CELL_SELECTOR, "spec.selector", ""},
};

static const struct column apps_DaemonSet_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Desired"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Nodes that should run the pod."), 0},
    {STR_INIT("Current"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Nodes that run it and should."), 0},
    {STR_INIT("Ready"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Nodes whose pod is ready."), 0},
    {STR_INIT("Up-to-date"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Nodes whose pod is of the latest template."), 0},
    {STR_INIT("Available"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Nodes whose pod is available."), 0},
    {STR_INIT("Node Selector"), STR_INIT("string"), STR_INIT(""), STR_INIT("Labels of the nodes it runs on."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("Containers"), STR_INIT("string"), STR_INIT(""), STR_INIT("Names of each container in the template."), 1},
    {STR_INIT("Images"), STR_INIT("string"), STR_INIT(""), STR_INIT("Images referenced by each container in the template."), 1},
    {STR_INIT("Selector"), STR_INIT("string"), STR_INIT(""), STR_INIT("Label selector of the pods."), 1},
};
static const struct cell apps_DaemonSet_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_INT, "status.desiredNumberScheduled", ""},
    {CELL_INT, "status.currentNumberScheduled", ""},
    {CELL_INT, "status.numberReady", ""},
    {CELL_INT, "status.updatedNumberScheduled", ""},
    {CELL_INT, "status.numberAvailable", ""},
    {CELL_LABELS, "spec.template.spec.nodeSelector", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_NAMES, "spec.template.spec.containers", ""},
    {CELL_IMAGES, "spec.template.spec.containers", ""},
    {CELL_SELECTOR, "spec.selector", ""},
};

static const struct column apps_Deployment_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Ready"), STR_INIT("string"), STR_INIT(""), STR_INIT("Number of the pod with ready state"), 0},
    {STR_INIT("Up-to-date"), STR_INIT("string"), STR_INIT(""), STR_INIT("Pods of the latest template."), 0},
    {STR_INIT("Available"), STR_INIT("string"), STR_INIT(""), STR_INIT("Pods that are available."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("Containers"), STR_INIT("string"), STR_INIT(""), STR_INIT("Names of each container in the template."), 1},
    {STR_INIT("Images"), STR_INIT("string"), STR_INIT(""), STR_INIT("Images referenced by each container in the template."), 1},
    {STR_INIT("Selector"), STR_INIT("string"), STR_INIT(""), STR_INIT("Label selector of the pods."), 1},
};
static const struct cell apps_Deployment_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_ready_of},
    {CELL_INT, "status.updatedReplicas", ""},
    {CELL_INT, "status.availableReplicas", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_NAMES, "spec.template.spec.containers", ""},
    {CELL_IMAGES, "spec.template.spec.containers", ""},
    {CELL_MADE, .make = cell_deployment_selector},
};

static const struct column apps_StatefulSet_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Ready"), STR_INIT("string"), STR_INIT(""), STR_INIT("Number of the pod with ready state"), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("Containers"), STR_INIT("string"), STR_INIT(""), STR_INIT("Names of each container in the template."), 1},
    {STR_INIT("Images"), STR_INIT("string"), STR_INIT(""), STR_INIT("Images referenced by each container in the template."), 1},
};
static const struct cell apps_StatefulSet_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_ready_of},
    {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_NAMES, "spec.template.spec.containers", ""},
    {CELL_IMAGES, "spec.template.spec.containers", ""},
};

static const struct column batch_Job_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Status"), STR_INIT("string"), STR_INIT(""), STR_INIT("Status of the job."), 0},
    {STR_INIT("Completions"), STR_INIT("string"), STR_INIT(""), STR_INIT("Pods that reached phase Succeeded."), 0},
    {STR_INIT("Duration"), STR_INIT("string"), STR_INIT(""), STR_INIT("Time required to complete the job."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("Containers"), STR_INIT("string"), STR_INIT(""), STR_INIT("Names of each container in the template."), 1},
    {STR_INIT("Images"), STR_INIT("string"), STR_INIT(""), STR_INIT("Images referenced by each container in the template."), 1},
    {STR_INIT("Selector"), STR_INIT("string"), STR_INIT(""), STR_INIT("Label selector of the pods."), 1},
};
static const struct cell batch_Job_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_job_status},
    {CELL_MADE, .make = cell_job_completions},
    {CELL_MADE, .make = cell_job_duration},
    {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_NAMES, "spec.template.spec.containers", ""},
    {CELL_IMAGES, "spec.template.spec.containers", ""},
    {CELL_SELECTOR, "spec.selector", ""},
};

static const struct column batch_CronJob_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Schedule"), STR_INIT("string"), STR_INIT(""), STR_INIT("When jobs start, in cron's form."), 0},
    {STR_INIT("Timezone"), STR_INIT("string"), STR_INIT(""), STR_INIT("Time zone of the schedule."), 0},
    {STR_INIT("Suspend"), STR_INIT("boolean"), STR_INIT(""), STR_INIT("Whether no further jobs are started."), 0},
    {STR_INIT("Active"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Jobs that run now."), 0},
    {STR_INIT("Last Schedule"), STR_INIT("string"), STR_INIT(""), STR_INIT("When a job was last started."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("Containers"), STR_INIT("string"), STR_INIT(""), STR_INIT("Names of each container in the template."), 1},
    {STR_INIT("Images"), STR_INIT("string"), STR_INIT(""), STR_INIT("Images referenced by each container in the template."), 1},
    {STR_INIT("Selector"), STR_INIT("string"), STR_INIT(""), STR_INIT("Label selector of the pods."), 1},
};
static const struct cell batch_CronJob_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "spec.schedule", ""},
    {CELL_TEXT, "spec.timeZone", "<none>"},
    {CELL_BOOL_TEXT, "spec.suspend", "<unset>"},
    {CELL_COUNT, "status.active", ""},
    {CELL_MADE, .make = cell_cron_last},
    {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_NAMES, "spec.jobTemplate.spec.template.spec.containers", ""},
    {CELL_IMAGES, "spec.jobTemplate.spec.template.spec.containers", ""},
    {CELL_SELECTOR, "spec.jobTemplate.spec.selector", ""},
};

static const struct column Service_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Type"), STR_INIT("string"), STR_INIT(""), STR_INIT("How the service is exposed."), 0},
    {STR_INIT("Cluster-IP"), STR_INIT("string"), STR_INIT(""), STR_INIT("Address within the cluster."), 0},
    {STR_INIT("External-IP"), STR_INIT("string"), STR_INIT(""), STR_INIT("Addresses from outside."), 0},
    {STR_INIT("Port(s)"), STR_INIT("string"), STR_INIT(""), STR_INIT("Ports the service is reached at."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("Selector"), STR_INIT("string"), STR_INIT(""), STR_INIT("Labels of the pods behind it."), 1},
};
static const struct cell Service_cells[] = {
    {CELL_TEXT, "metadata.name", ""},        {CELL_TEXT, "spec.type", ""},
    {CELL_MADE, .make = cell_service_ip},    {CELL_MADE, .make = cell_service_external},
    {CELL_MADE, .make = cell_service_ports}, {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_LABELS, "spec.selector", ""},
};

static const struct column Endpoints_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Endpoints"), STR_INIT("string"), STR_INIT(""), STR_INIT("Addresses and ports behind the service."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell Endpoints_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_endpoints},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column Node_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Status"), STR_INIT("string"), STR_INIT(""), STR_INIT("The status of the node"), 0},
    {STR_INIT("Roles"), STR_INIT("string"), STR_INIT(""), STR_INIT("The roles of the node"), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("Version"), STR_INIT("string"), STR_INIT(""), STR_INIT("Version of the node's agent."), 0},
    {STR_INIT("Internal-IP"), STR_INIT("string"), STR_INIT(""), STR_INIT("Address within the cluster's network."), 1},
    {STR_INIT("External-IP"), STR_INIT("string"), STR_INIT(""), STR_INIT("Address from outside."), 1},
    {STR_INIT("OS-Image"), STR_INIT("string"), STR_INIT(""), STR_INIT("Operating system of the node."), 1},
    {STR_INIT("Kernel-Version"), STR_INIT("string"), STR_INIT(""), STR_INIT("Kernel of the node."), 1},
    {STR_INIT("Container-Runtime"), STR_INIT("string"), STR_INIT(""), STR_INIT("Container runtime of the node."), 1},
};
static const struct cell Node_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_node_status},
    {CELL_MADE, .make = cell_node_roles},
    {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_TEXT, "status.nodeInfo.kubeletVersion", ""},
    {CELL_MADE, .make = cell_node_internal},
    {CELL_MADE, .make = cell_node_external},
    {CELL_TEXT, "status.nodeInfo.osImage", "<unknown>"},
    {CELL_TEXT, "status.nodeInfo.kernelVersion", "<unknown>"},
    {CELL_TEXT, "status.nodeInfo.containerRuntimeVersion", "<unknown>"},
};

static const struct column Event_columns[] = {
    {STR_INIT("Last Seen"), STR_INIT("string"), STR_INIT(""), STR_INIT("When it was last seen."), 0},
    {STR_INIT("Type"), STR_INIT("string"), STR_INIT(""), STR_INIT("Normal or Warning."), 0},
    {STR_INIT("Reason"), STR_INIT("string"), STR_INIT(""), STR_INIT("Why, in one word."), 0},
    {STR_INIT("Object"), STR_INIT("string"), STR_INIT(""), STR_INIT("What it is about."), 0},
    {STR_INIT("Subobject"), STR_INIT("string"), STR_INIT(""), STR_INIT("Which part of it."), 1},
    {STR_INIT("Source"), STR_INIT("string"), STR_INIT(""), STR_INIT("Who reported it."), 1},
    {STR_INIT("Message"), STR_INIT("string"), STR_INIT(""), STR_INIT("What happened."), 0},
    {STR_INIT("First Seen"), STR_INIT("string"), STR_INIT(""), STR_INIT("When it was first seen."), 1},
    {STR_INIT("Count"), STR_INIT("string"), STR_INIT(""), STR_INIT("How often it was seen."), 1},
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 1},
};
static const struct cell Event_cells[] = {
    {CELL_MADE, .make = cell_event_last},
    {CELL_TEXT, "type", ""},
    {CELL_TEXT, "reason", ""},
    {CELL_MADE, .make = cell_event_object},
    {CELL_TEXT, "involvedObject.fieldPath", ""},
    {CELL_MADE, .make = cell_event_source},
    {CELL_MADE, .make = cell_event_message},
    {CELL_MADE, .make = cell_event_first},
    {CELL_MADE, .make = cell_event_count},
    {CELL_TEXT, "metadata.name", ""},
};

static const struct column Namespace_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Status"), STR_INIT("string"), STR_INIT(""), STR_INIT("The status of the namespace"), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell Namespace_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "status.phase", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column Secret_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Type"), STR_INIT("string"), STR_INIT(""), STR_INIT("What kind of secret it is."), 0},
    {STR_INIT("Data"), STR_INIT("string"), STR_INIT(""), STR_INIT("Entries in it."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell Secret_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "type", ""},
    {CELL_COUNT, "data", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column ServiceAccount_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Secrets"), STR_INIT("string"), STR_INIT(""), STR_INIT("Secrets pods of this account may use."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell ServiceAccount_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_COUNT, "secrets", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column PersistentVolume_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Capacity"), STR_INIT("string"), STR_INIT(""), STR_INIT("Size of the volume."), 0},
    {STR_INIT("Access Modes"), STR_INIT("string"), STR_INIT(""), STR_INIT("How it can be mounted."), 0},
    {STR_INIT("Reclaim Policy"), STR_INIT("string"), STR_INIT(""), STR_INIT("What happens when its claim is gone."), 0},
    {STR_INIT("Status"), STR_INIT("string"), STR_INIT(""), STR_INIT("Whether it is free, bound or released."), 0},
    {STR_INIT("Claim"), STR_INIT("string"), STR_INIT(""), STR_INIT("The claim it is bound to."), 0},
    {STR_INIT("StorageClass"), STR_INIT("string"), STR_INIT(""), STR_INIT("StorageClass of the pv"), 0},
    {STR_INIT("VolumeAttributesClass"), STR_INIT("string"), STR_INIT(""), STR_INIT("VolumeAttributesClass of the pv"), 0},
    {STR_INIT("Reason"), STR_INIT("string"), STR_INIT(""), STR_INIT("Why it is in that state."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("VolumeMode"), STR_INIT("string"), STR_INIT(""), STR_INIT("File system or raw block device."), 1},
};
static const struct cell PersistentVolume_cells[] = {
    {CELL_TEXT, "metadata.name", ""},          {CELL_MADE, .make = cell_volume_size},
    {CELL_MADE, .make = cell_volume_modes},    {CELL_TEXT, "spec.persistentVolumeReclaimPolicy", ""},
    {CELL_MADE, .make = cell_volume_phase},    {CELL_MADE, .make = cell_volume_claim},
    {CELL_MADE, .make = cell_volume_class},    {CELL_TEXT, "spec.volumeAttributesClassName", "<unset>"},
    {CELL_TEXT, "status.reason", ""},          {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_TEXT, "spec.volumeMode", "<unset>"},
};

static const struct column PersistentVolumeClaim_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Status"), STR_INIT("string"), STR_INIT(""), STR_INIT("Whether it is bound."), 0},
    {STR_INIT("Volume"), STR_INIT("string"), STR_INIT(""), STR_INIT("The volume it is bound to."), 0},
    {STR_INIT("Capacity"), STR_INIT("string"), STR_INIT(""), STR_INIT("Size of that volume."), 0},
    {STR_INIT("Access Modes"), STR_INIT("string"), STR_INIT(""), STR_INIT("How it can be mounted."), 0},
    {STR_INIT("StorageClass"), STR_INIT("string"), STR_INIT(""), STR_INIT("StorageClass of the pvc"), 0},
    {STR_INIT("VolumeAttributesClass"), STR_INIT("string"), STR_INIT(""), STR_INIT("VolumeAttributesClass of the pvc"), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("VolumeMode"), STR_INIT("string"), STR_INIT(""), STR_INIT("File system or raw block device."), 1},
};
static const struct cell PersistentVolumeClaim_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_volume_phase},
    {CELL_TEXT, "spec.volumeName", ""},
    {CELL_MADE, .make = cell_claim_size},
    {CELL_MADE, .make = cell_claim_modes},
    {CELL_MADE, .make = cell_volume_class},
    {CELL_TEXT, "spec.volumeAttributesClassName", "<unset>"},
    {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_TEXT, "spec.volumeMode", "<unset>"},
};

static const struct column ComponentStatus_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Status"), STR_INIT("string"), STR_INIT(""), STR_INIT("Status of the component conditions"), 0},
    {STR_INIT("Message"), STR_INIT("string"), STR_INIT(""), STR_INIT("Message of the component conditions"), 0},
    {STR_INIT("Error"), STR_INIT("string"), STR_INIT(""), STR_INIT("Error of the component conditions"), 0},
};
static const struct cell ComponentStatus_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_component},
    {CELL_MADE, .make = cell_component_message},
    {CELL_MADE, .make = cell_component_error},
};

static const struct column autoscaling_HorizontalPodAutoscaler_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Reference"), STR_INIT("string"), STR_INIT(""), STR_INIT("What is scaled."), 0},
    {STR_INIT("Targets"), STR_INIT("string"), STR_INIT(""), STR_INIT("Metrics: now and wanted."), 0},
    {STR_INIT("MinPods"), STR_INIT("string"), STR_INIT(""), STR_INIT("Fewest replicas."), 0},
    {STR_INIT("MaxPods"), STR_INIT("string"), STR_INIT(""), STR_INIT("Most replicas."), 0},
    {STR_INIT("Replicas"), STR_INIT("string"), STR_INIT(""), STR_INIT("Replicas there are."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell autoscaling_HorizontalPodAutoscaler_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_hpa_reference},
    {CELL_MADE, .make = cell_hpa_targets},
    {CELL_TEXT, "spec.minReplicas", "<unset>"},
    {CELL_INT, "spec.maxReplicas", ""},
    {CELL_INT, "status.currentReplicas", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column autoscaling_Scale_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT(""), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Desired"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Replicas wanted."), 0},
    {STR_INIT("Available"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Replicas there are."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell autoscaling_Scale_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_INT, "spec.replicas", ""},
    {CELL_INT, "status.replicas", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column ConfigMap_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Data"), STR_INIT("string"), STR_INIT(""), STR_INIT("Entries in it."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell ConfigMap_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_config_data},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column apps_ControllerRevision_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Controller"), STR_INIT("string"), STR_INIT(""), STR_INIT("Controller of the object"), 0},
    {STR_INIT("Revision"), STR_INIT("string"), STR_INIT(""), STR_INIT("Number of the state."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell apps_ControllerRevision_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_revision_controller},
    {CELL_INT, "revision", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column ResourceQuota_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Request"), STR_INIT("string"), STR_INIT(""),
     STR_INIT("Request represents a minimum amount of cpu/memory that a container may consume."), 0},
    {STR_INIT("Limit"), STR_INIT("string"), STR_INIT(""),
     STR_INIT("Limits control the maximum amount of cpu/memory that a container may use independent "
              "of contention on the node."),
     0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell ResourceQuota_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_quota_requests},
    {CELL_MADE, .make = cell_quota_limits},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

const struct column_kind column_rows_core[] = {
    {"", "Pod", Pod_columns, Pod_cells, ARRAY_LEN(Pod_columns)},
    {"", "PodTemplate", PodTemplate_columns, PodTemplate_cells, ARRAY_LEN(PodTemplate_columns)},
    {"", "ReplicationController", ReplicationController_columns, ReplicationController_cells, ARRAY_LEN(ReplicationController_columns)},
    {"apps", "ReplicaSet", apps_ReplicaSet_columns, apps_ReplicaSet_cells, ARRAY_LEN(apps_ReplicaSet_columns)},
    {"apps", "DaemonSet", apps_DaemonSet_columns, apps_DaemonSet_cells, ARRAY_LEN(apps_DaemonSet_columns)},
    {"apps", "Deployment", apps_Deployment_columns, apps_Deployment_cells, ARRAY_LEN(apps_Deployment_columns)},
    {"apps", "StatefulSet", apps_StatefulSet_columns, apps_StatefulSet_cells, ARRAY_LEN(apps_StatefulSet_columns)},
    {"batch", "Job", batch_Job_columns, batch_Job_cells, ARRAY_LEN(batch_Job_columns)},
    {"batch", "CronJob", batch_CronJob_columns, batch_CronJob_cells, ARRAY_LEN(batch_CronJob_columns)},
    {"", "Service", Service_columns, Service_cells, ARRAY_LEN(Service_columns)},
    {"", "Endpoints", Endpoints_columns, Endpoints_cells, ARRAY_LEN(Endpoints_columns)},
    {"", "Node", Node_columns, Node_cells, ARRAY_LEN(Node_columns)},
    {"", "Event", Event_columns, Event_cells, ARRAY_LEN(Event_columns)},
    {"", "Namespace", Namespace_columns, Namespace_cells, ARRAY_LEN(Namespace_columns)},
    {"", "Secret", Secret_columns, Secret_cells, ARRAY_LEN(Secret_columns)},
    {"", "ServiceAccount", ServiceAccount_columns, ServiceAccount_cells, ARRAY_LEN(ServiceAccount_columns)},
    {"", "PersistentVolume", PersistentVolume_columns, PersistentVolume_cells, ARRAY_LEN(PersistentVolume_columns)},
    {"", "PersistentVolumeClaim", PersistentVolumeClaim_columns, PersistentVolumeClaim_cells, ARRAY_LEN(PersistentVolumeClaim_columns)},
    {"", "ComponentStatus", ComponentStatus_columns, ComponentStatus_cells, ARRAY_LEN(ComponentStatus_columns)},
    {"autoscaling", "HorizontalPodAutoscaler", autoscaling_HorizontalPodAutoscaler_columns, autoscaling_HorizontalPodAutoscaler_cells,
     ARRAY_LEN(autoscaling_HorizontalPodAutoscaler_columns)},
    {"autoscaling", "Scale", autoscaling_Scale_columns, autoscaling_Scale_cells, ARRAY_LEN(autoscaling_Scale_columns)},
    {"", "ConfigMap", ConfigMap_columns, ConfigMap_cells, ARRAY_LEN(ConfigMap_columns)},
    {"apps", "ControllerRevision", apps_ControllerRevision_columns, apps_ControllerRevision_cells, ARRAY_LEN(apps_ControllerRevision_columns)},
    {"", "ResourceQuota", ResourceQuota_columns, ResourceQuota_cells, ARRAY_LEN(ResourceQuota_columns)},
};
const size_t n_column_rows_core = ARRAY_LEN(column_rows_core);
