/* tree: a persistent ordered tree of frozen objects by key, room-private.
 *
 * A B+-tree of wide nodes. Whoever holds a root holds that state for ever: an
 * edit copies the nodes on its path unless the editor is their only holder, in
 * which case it works in place. Every step on the way down (taking a node for
 * oneself, splitting a full one) leaves the content as it was, so an edit that
 * runs out of memory half way has changed nothing that can be seen.
 *
 * Inner nodes keep each child's least key, borrowed from the object in the
 * child's subtree, which lives as long as the child. An empty tree is NULL.
 * Not for two threads at once. */
#ifndef CORACLE_STORE_TREE_H
#define CORACLE_STORE_TREE_H

#include "object/object.h"

#define TREE_LEVELS_MAX 24 /* twice that many pointers fit struct store_cursor */

struct tree_node;
struct tree_node *tree_ref(struct tree_node *root);
struct tree_node *tree_unref(struct tree_node *root); /* returns NULL */

struct object *tree_get(const struct tree_node *root, struct str key); /* borrowed */
/* Puts o in place of what has its key; takes a reference of its own. */
int tree_put(struct tree_node **root, struct object *o) MUST_USE;
int tree_del(struct tree_node **root, struct str key) MUST_USE; /* 0 also when it is not there; -ENOMEM */
/* From objects in ascending order of key; takes references of its own. */
int tree_build(struct tree_node **root, struct object *const *sorted, size_t n) MUST_USE;

size_t tree_count(const struct tree_node *root);
/* Keys in front of bound; with `through`, also those that start with it. */
size_t tree_rank(const struct tree_node *root, struct str bound, bool through);
size_t tree_bytes(const struct tree_node *root); /* all its nodes */
/* Checks every invariant; for tests. */
bool tree_sound(const struct tree_node *root);

/* A place in the tree: pairs of node and index, root first. tree_seek() goes to the first key ≥ from. */
void tree_seek(void *path[2 * TREE_LEVELS_MAX], int *depth, struct tree_node *root, struct str from);
struct object *tree_here(void *const path[2 * TREE_LEVELS_MAX], int depth); /* NULL: behind the end */
void tree_step(void *path[2 * TREE_LEVELS_MAX], int *depth);

#endif
