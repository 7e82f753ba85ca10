package io.patchbay.server.config;

import java.util.Locale;

/** What users can be given a limited amount of. */
public enum Quota {
  PROJECTS,
  RUNNING_NODES,
  /** MiB of memory of running nodes. */
  RAM,
  /** Processors of running nodes. */
  CPUS,
  /** MiB of files of projects on this server's disk. */
  DISK;

  /** Such as {@code running-nodes}, as in the configuration. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
