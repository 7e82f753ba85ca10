package io.patchbay.emulators.vm;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeStatus;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * A machine that is on, under its manager. All of it is for use under the node's lock but {@link
 * #pressPowerButton} and {@link #isOn}. What the manager refuses is a {@link LabException}
 * (CONFLICT).
 */
public interface RunningVm {
  /** That it runs in; empty where that cannot be found out. */
  Optional<EmulatorProcess> process();

  /** Whether it is on, as its manager says; may take as long as its manager. */
  boolean isOn();

  /** Whether it runs or stands still, as its manager says. */
  NodeStatus status();

  /** Where frames of an adapter come and go; empty if the adapter leads elsewhere. */
  Optional<LinkEnd> end(int adapter);

  /** Something was plugged into an adapter or out of it; called before {@link #end}. */
  void cable(int adapter, boolean pluggedIn);

  void pause();

  void resume();

  void reset();

  /** Asks the guest to shut down; returns when it was asked, or when it has. */
  void pressPowerButton();

  /** Switches it off, and keeps what it takes to go on at the next start. */
  void saveState();

  /** Cuts its power. */
  void powerOff();

  /** Gives back everything that it took, once it is off. */
  void tidyUp();

  /** Gives back what is this server's, and lets it run. */
  void release();

  /** What it takes for a later server to adopt it. */
  JsonObject state();
}
