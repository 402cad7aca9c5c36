"""Many reports at once: select them, find the stale ones, make them here or on a cluster, publish each atomically."""
