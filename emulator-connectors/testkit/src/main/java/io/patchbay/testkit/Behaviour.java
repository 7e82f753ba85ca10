package io.patchbay.testkit;

/** What nodes can do; all of it unless {@link ConnectorFixture#lacks} says otherwise. */
public enum Behaviour {
  /** Is started and stopped; nodes that lack it are started all the while. */
  START_AND_STOP,
  /** Is started by a reload where it is stopped; else that does nothing to it. */
  RELOAD_STARTS,
  /** Runs in a process of its own, whose end stops the node, and which outlives the server. */
  PROCESS,
  /** Has a console port, on which something answers while it runs. */
  CONSOLE,
  /** Knows its ports and refuses others. */
  FIXED_PORTS,
  /** Refuses a link where one is plugged in; nodes that lack it take the new one instead. */
  ONE_LINK_PER_PORT,
  /** Changes the filters of a link that is plugged in. */
  FILTERS,
  /** Takes UDP ports when it starts, whether links are plugged in or not. */
  PORTS_BEFORE_LINKS,
  /** Has files, which a duplicate gets. */
  FILES
}
