#include "store/tree.h"

enum { WIDTH = 32, SPARSE = WIDTH / 4, BUILT = WIDTH * 3 / 4 };

union tree_item {
    struct object *object;  /* level 0 */
    struct tree_node *node; /* above */
};

struct tree_node {
    uint32_t refs;
    uint16_t n;
    uint16_t level; /* 0: leaf */
    size_t count;   /* objects below */
    union tree_item at[WIDTH];
    struct str least[]; /* of at[i]; inner nodes only */
};

/* Where an edit came down: the nodes and which child it took. */
struct descent {
    struct tree_node *node[TREE_LEVELS_MAX];
    unsigned child[TREE_LEVELS_MAX];
    int depth;
};

/* ── nodes ── */

static size_t node_bytes(unsigned level)
{
    return sizeof(struct tree_node) + (level ? WIDTH * sizeof(struct str) : 0);
}

static struct tree_node *node_new(unsigned level)
{
    struct tree_node *n = mem_alloc(node_bytes(level));
    if (!n)
        return NULL;
    n->refs = 1;
    n->level = (uint16_t)level;
    return n;
}

static void item_ref(union tree_item item, unsigned level)
{
    if (level)
        item.node->refs++;
    else
        object_ref(item.object);
}

struct tree_node *tree_ref(struct tree_node *root)
{
    if (root)
        root->refs++;
    return root;
}

struct tree_node *tree_unref(struct tree_node *root)
{
    if (!root || --root->refs)
        return NULL;
    for (unsigned i = 0; i < root->n; i++) {
        if (root->level)
            tree_unref(root->at[i].node);
        else
            object_unref(root->at[i].object);
    }
    return mem_free(root);
}

static struct str node_least(const struct tree_node *n)
{
    return n->level ? n->least[0] : n->at[0].object->key;
}

static size_t item_count(const struct tree_node *n, unsigned i)
{
    return n->level ? n->at[i].node->count : 1;
}

/* Makes the node in *slot this tree's alone. All nodes above must be already. */
static int node_own(struct tree_node **slot)
{
    struct tree_node *old = *slot;
    if (old->refs == 1)
        return 0;
    struct tree_node *copy = node_new(old->level);
    if (!copy)
        return -ENOMEM;
    memcpy((char *)copy + offsetof(struct tree_node, n), (const char *)old + offsetof(struct tree_node, n),
           node_bytes(old->level) - offsetof(struct tree_node, n));
    for (unsigned i = 0; i < copy->n; i++)
        item_ref(copy->at[i], copy->level);
    old->refs--;
    *slot = copy;
    return 0;
}

static void node_open(struct tree_node *n, unsigned at, unsigned by)
{
    memmove(&n->at[at + by], &n->at[at], (n->n - at) * sizeof(n->at[0]));
    if (n->level)
        memmove(&n->least[at + by], &n->least[at], (n->n - at) * sizeof(n->least[0]));
    n->n = (uint16_t)(n->n + by);
}

static void node_close(struct tree_node *n, unsigned at)
{
    n->n--;
    memmove(&n->at[at], &n->at[at + 1], (n->n - at) * sizeof(n->at[0]));
    if (n->level)
        memmove(&n->least[at], &n->least[at + 1], (n->n - at) * sizeof(n->least[0]));
}

static void node_set_child(struct tree_node *n, unsigned i, struct tree_node *child)
{
    n->at[i].node = child;
    n->least[i] = node_least(child);
}

/* The upper half of full child i moves into a new child behind it; both the parent's own. */
static int node_split(struct tree_node *parent, unsigned i)
{
    struct tree_node *low = parent->at[i].node, *high = node_new(low->level);
    if (!high)
        return -ENOMEM;
    unsigned keep = low->n / 2u;
    high->n = (uint16_t)(low->n - keep);
    memcpy(high->at, &low->at[keep], high->n * sizeof(high->at[0]));
    if (low->level)
        memcpy(high->least, &low->least[keep], high->n * sizeof(high->least[0]));
    low->n = (uint16_t)keep;
    for (unsigned k = 0; k < high->n; k++)
        high->count += item_count(high, k);
    low->count -= high->count;
    node_open(parent, i + 1, 1);
    node_set_child(parent, i + 1, high);
    return 0;
}

/* ── finding ── */

/* The last child whose least key is ≤ key, else the first. */
static unsigned child_of(const struct tree_node *n, struct str key)
{
    unsigned low = 0, high = n->n;
    while (high - low > 1) {
        unsigned mid = (low + high) / 2;
        if (str_cmp(n->least[mid], key) <= 0)
            low = mid;
        else
            high = mid;
    }
    return low;
}

/* Place of the first object with a key ≥ key in a leaf. */
static unsigned place_of(const struct tree_node *leaf, struct str key, bool *found)
{
    unsigned low = 0, high = leaf->n;
    *found = false;
    while (low < high) {
        unsigned mid = (low + high) / 2;
        int c = str_cmp(leaf->at[mid].object->key, key);
        if (c == 0) {
            *found = true;
            return mid;
        }
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

struct object *tree_get(const struct tree_node *root, struct str key)
{
    if (!root)
        return NULL;
    while (root->level)
        root = root->at[child_of(root, key)].node;
    bool found;
    unsigned i = place_of(root, key, &found);
    return found ? root->at[i].object : NULL;
}

/* ── editing ── */

/* Comes down to the leaf for key, making the path this tree's alone and, when
 * `room`, splitting full nodes so that one more fits everywhere. */
static int descend(struct tree_node **root, struct str key, bool room, struct descent *d)
{
    d->depth = 0;
    if (node_own(root) < 0)
        return -ENOMEM;
    if (room && (*root)->n == WIDTH) {
        CHECK((*root)->level + 1 < TREE_LEVELS_MAX);
        struct tree_node *top = node_new((*root)->level + 1u);
        if (!top)
            return -ENOMEM;
        top->n = 1;
        top->count = (*root)->count;
        node_set_child(top, 0, *root);
        *root = top;
    }
    struct tree_node *n = *root;
    while (n->level) {
        unsigned i = child_of(n, key);
        if (node_own(&n->at[i].node) < 0)
            return -ENOMEM;
        if (room && n->at[i].node->n == WIDTH) {
            if (node_split(n, i) < 0)
                return -ENOMEM;
            if (str_cmp(n->least[i + 1], key) <= 0)
                i++;
        }
        d->node[d->depth] = n;
        d->child[d->depth++] = i;
        n = n->at[i].node;
    }
    d->node[d->depth] = n;
    return 0;
}

int tree_put(struct tree_node **root, struct object *o)
{
    if (!*root && !(*root = node_new(0)))
        return -ENOMEM;
    struct descent d;
    if (descend(root, o->key, true, &d) < 0) {
        if ((*root)->count == 0)
            *root = tree_unref(*root);
        return -ENOMEM;
    }
    struct tree_node *leaf = d.node[d.depth];
    bool found;
    unsigned i = place_of(leaf, o->key, &found);
    struct object *old = found ? leaf->at[i].object : NULL;
    if (!found)
        node_open(leaf, i, 1);
    leaf->at[i].object = object_ref(o);
    leaf->count = leaf->n;
    for (int k = d.depth - 1; k >= 0; k--) {
        d.node[k]->least[d.child[k]] = node_least(d.node[k + 1]);
        d.node[k]->count += !found;
    }
    object_unref(old);
    return 0;
}

/* Moves all of child i+1 into child i, which is this tree's alone; they fit. */
static void join_next(struct tree_node *parent, unsigned i)
{
    struct tree_node *to = parent->at[i].node, *from = parent->at[i + 1].node;
    memcpy(&to->at[to->n], from->at, from->n * sizeof(from->at[0]));
    if (to->level)
        memcpy(&to->least[to->n], from->least, from->n * sizeof(from->least[0]));
    for (unsigned k = 0; k < from->n; k++)
        item_ref(from->at[k], from->level);
    to->n = (uint16_t)(to->n + from->n);
    to->count += from->count;
    node_close(parent, i + 1);
    tree_unref(from);
    if (to->n)
        parent->least[i] = node_least(to);
}

/* The same with child i-1; child i becomes i-1. */
static void join_previous(struct tree_node *parent, unsigned i)
{
    struct tree_node *to = parent->at[i].node, *from = parent->at[i - 1].node;
    node_open(to, 0, from->n);
    memcpy(to->at, from->at, from->n * sizeof(from->at[0]));
    if (to->level)
        memcpy(to->least, from->least, from->n * sizeof(from->least[0]));
    for (unsigned k = 0; k < from->n; k++)
        item_ref(from->at[k], from->level);
    to->count += from->count;
    node_close(parent, i - 1);
    parent->least[i - 1] = node_least(to);
    tree_unref(from);
}

/* Child i has lost something: joins it with a neighbour when it is sparse and the two fit into one. */
static void settle(struct tree_node *parent, unsigned i)
{
    struct tree_node *child = parent->at[i].node;
    if (child->n)
        parent->least[i] = node_least(child);
    if (child->n >= SPARSE)
        return;
    if (i + 1 < parent->n && parent->at[i + 1].node->n + child->n <= WIDTH)
        join_next(parent, i);
    else if (i > 0 && parent->at[i - 1].node->n + child->n <= WIDTH)
        join_previous(parent, i);
    else if (child->n == 0) { /* an only child */
        node_close(parent, i);
        tree_unref(child);
    }
}

int tree_del(struct tree_node **root, struct str key)
{
    if (!tree_get(*root, key))
        return 0;
    struct descent d;
    if (descend(root, key, false, &d) < 0)
        return -ENOMEM;
    struct tree_node *leaf = d.node[d.depth];
    bool found;
    unsigned i = place_of(leaf, key, &found);
    struct object *old = leaf->at[i].object;
    node_close(leaf, i);
    leaf->count = leaf->n;
    for (int k = d.depth - 1; k >= 0; k--) {
        d.node[k]->count--;
        settle(d.node[k], d.child[k]);
    }
    object_unref(old);
    while (*root && ((*root)->n == 0 || ((*root)->level && (*root)->n == 1))) {
        struct tree_node *only = (*root)->n ? tree_ref((*root)->at[0].node) : NULL;
        tree_unref(*root);
        *root = only;
    }
    return 0;
}

/* ── building ── */

/* One level of nodes over the items below; the nodes replace the items. */
static int build_level(union tree_item *items, size_t *n_items, unsigned level)
{
    size_t made = 0, r = 0;
    size_t nodes = (*n_items + BUILT - 1) / BUILT;
    for (size_t k = 0; k < nodes; k++) {
        size_t take = (*n_items - r) / (nodes - k); /* evenly, so that none is sparse */
        struct tree_node *n = node_new(level);
        if (!n)
            break;
        for (size_t i = 0; i < take; i++, r++) {
            n->at[i] = items[r];
            if (level)
                n->least[i] = node_least(items[r].node);
            else
                object_ref(items[r].object);
            n->n++;
            n->count += item_count(n, (unsigned)i);
        }
        items[made++].node = n;
    }
    if (made == nodes) {
        *n_items = made;
        return 0;
    }
    for (size_t i = 0; i < made; i++)
        tree_unref(items[i].node);
    for (; level && r < *n_items; r++)
        tree_unref(items[r].node);
    return -ENOMEM;
}

int tree_build(struct tree_node **root, struct object *const *sorted, size_t n)
{
    *root = NULL;
    if (!n)
        return 0;
    union tree_item *items = mem_alloc(n * sizeof(*items));
    if (!items)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++)
        items[i].object = sorted[i];
    int r = build_level(items, &n, 0);
    for (unsigned level = 1; r == 0 && n > 1; level++)
        r = build_level(items, &n, level);
    if (r == 0)
        *root = items[0].node;
    mem_free(items);
    return r;
}

/* ── counting ── */

size_t tree_count(const struct tree_node *root)
{
    return root ? root->count : 0;
}

static bool before(struct str key, struct str bound, bool through)
{
    return str_cmp(key, bound) < 0 || (through && str_starts(key, bound));
}

size_t tree_rank(const struct tree_node *root, struct str bound, bool through)
{
    size_t rank = 0;
    while (root && root->level) {
        /* All children in front of the last one whose least key is before the bound lie before it as a whole. */
        unsigned low = 0, high = root->n;
        while (high - low > 1) {
            unsigned mid = (low + high) / 2;
            if (before(root->least[mid], bound, through))
                low = mid;
            else
                high = mid;
        }
        for (unsigned i = 0; i < low; i++)
            rank += root->at[i].node->count;
        root = root->at[low].node;
    }
    for (unsigned i = 0; root && i < root->n && before(root->at[i].object->key, bound, through); i++)
        rank++;
    return rank;
}

size_t tree_bytes(const struct tree_node *root)
{
    if (!root)
        return 0;
    size_t n = node_bytes(root->level);
    for (unsigned i = 0; root->level && i < root->n; i++)
        n += tree_bytes(root->at[i].node);
    return n;
}

static bool node_sound(const struct tree_node *n, unsigned level, struct str *last)
{
    if (n->level != level || n->n == 0 || n->n > WIDTH || n->refs == 0)
        return false;
    size_t count = 0;
    for (unsigned i = 0; i < n->n; i++) {
        count += item_count(n, i);
        if (level) {
            if (n->least[i].p != node_least(n->at[i].node).p || !node_sound(n->at[i].node, level - 1, last))
                return false;
            continue;
        }
        if (last->p && str_cmp(*last, n->at[i].object->key) >= 0)
            return false;
        *last = n->at[i].object->key;
    }
    return count == n->count;
}

bool tree_sound(const struct tree_node *root)
{
    struct str last = STR_NONE;
    return !root || node_sound(root, root->level, &last);
}

/* ── walking ── */

static unsigned path_index(void *const path[], int depth)
{
    return (unsigned)(uintptr_t)path[2 * depth + 1];
}

static void path_push(void *path[], int *depth, struct tree_node *n, unsigned i)
{
    CHECK(*depth < TREE_LEVELS_MAX);
    path[2 * *depth] = n;
    path[2 * *depth + 1] = (void *)(uintptr_t)i;
    ++*depth;
}

/* Goes on to the next leaf while the place is behind its node's end. */
static void path_settle(void *path[], int *depth)
{
    int d = *depth - 1;
    while (d >= 0 && path_index(path, d) >= ((struct tree_node *)path[2 * d])->n)
        if (--d >= 0)
            path[2 * d + 1] = (void *)(uintptr_t)(path_index(path, d) + 1);
    *depth = d + 1;
    while (*depth > 0) {
        struct tree_node *n = path[2 * (*depth - 1)];
        if (!n->level)
            return;
        path_push(path, depth, n->at[path_index(path, *depth - 1)].node, 0);
    }
}

void tree_seek(void *path[2 * TREE_LEVELS_MAX], int *depth, struct tree_node *root, struct str from)
{
    *depth = 0;
    struct tree_node *n = root;
    while (n && n->level) {
        unsigned i = child_of(n, from);
        path_push(path, depth, n, i);
        n = n->at[i].node;
    }
    if (!n)
        return;
    bool found;
    unsigned i = place_of(n, from, &found);
    path_push(path, depth, n, i);
    path_settle(path, depth);
}

struct object *tree_here(void *const path[2 * TREE_LEVELS_MAX], int depth)
{
    if (!depth)
        return NULL;
    const struct tree_node *leaf = path[2 * (depth - 1)];
    return leaf->at[path_index(path, depth - 1)].object;
}

void tree_step(void *path[2 * TREE_LEVELS_MAX], int *depth)
{
    if (!*depth)
        return;
    path[2 * (*depth - 1) + 1] = (void *)(uintptr_t)(path_index(path, *depth - 1) + 1);
    path_settle(path, depth);
}
