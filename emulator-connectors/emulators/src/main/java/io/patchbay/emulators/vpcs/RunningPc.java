package io.patchbay.emulators.vpcs;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;

/** A virtual PC that runs, in whatever engine. */
interface RunningPc {
  /** What is shown to users as its command line. */
  String commandLine();

  /** Where the frames of the PC's port come and go. */
  LinkEnd link();

  /** Runs its startup script; called once, when everything is in place. */
  void begin();

  /** See {@link io.patchbay.spi.ConsoleSource#join}. */
  ConsoleSession join(Consumer<byte[]> output, Runnable closed);

  /** Has everything recorded that the console shows; that must not wait for anything. */
  void recordTo(Consumer<byte[]> recorder);

  /** Cuts off everybody who looks at the console; the PC goes on. */
  void dropViewers();

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
