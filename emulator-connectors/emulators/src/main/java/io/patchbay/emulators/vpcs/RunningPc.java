package io.patchbay.emulators.vpcs;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.console.SharedConsole;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;

/** A virtual PC that runs, in whatever engine. */
interface RunningPc extends SharedConsole {
  /** What is shown to users as its command line. */
  String commandLine();

  /** Where the frames of the PC's port come and go. */
  LinkEnd link();

  /** Runs its startup script; called once, when everything is in place. */
  void begin();

  /** Has everything recorded that the console shows; that must not wait for anything. */
  void recordTo(Consumer<byte[]> recorder);

  /** Runs an action once if the PC ends by itself. */
  void onExit(Runnable action);

  /** Runs an action whenever {@link #state} may have changed, on any thread. */
  void onChange(Runnable action);

  /** What it takes to have this PC again after a kill; empty if it cannot be had. */
  Optional<JsonObject> state();

  /** Gives everything back but lets run what runs outside this process. */
  void release();

  /** Ends the PC and gives everything back; returns when that is done. */
  void close();
}
