package io.patchbay.emulators.vm;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeStatus;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The machine of a node: off, or on with the node's console and links at it. For use under the
 * node's lock, except where a method says otherwise.
 */
final class VmPower {
  private static final Duration END_PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofSeconds(1);

  /** The node, as far as its machine has something to say to it. */
  interface Owner {
    /** The machine has gone off by itself: runs something under the lock if the node is there. */
    void ended(Runnable work);

    /** Tells the user, from any thread. */
    void warn(String message);
  }

  private final Owner owner;
  private final AdapterPorts adapters;
  private final SerialConsole console;
  private volatile Optional<RunningVm> running = Optional.empty();

  VmPower(Owner owner, AdapterPorts adapters, SerialConsole console) {
    this.owner = owner;
    this.adapters = adapters;
    this.console = console;
  }

  /** May be asked without the lock. */
  boolean isOn() {
    return running.isPresent();
  }

  Optional<JsonObject> state() {
    return running.map(RunningVm::state);
  }

  /**
   * @throws LabException (CONFLICT) if it is off
   */
  RunningVm require() {
    return running.orElseThrow(() -> LabException.conflict("The machine is off"));
  }

  /**
   * @param powerOn switches the machine on
   * @throws LabException (CONFLICT) if it does not come up; it is off then
   */
  void start(Supplier<RunningVm> powerOn) {
    adapters.live();
    try {
      RunningVm vm = powerOn.get();
      try {
        serve(vm);
      } catch (LabException refused) {
        off(vm, RunningVm::powerOff);
        throw refused;
      }
    } catch (LabException failed) {
      adapters.idle();
      throw failed;
    }
  }

  private void serve(RunningVm vm) {
    running = Optional.of(vm);
    console.open(() -> vm.process().map(EmulatorProcess::isAlive).orElseGet(this::isOn));
    for (int number = 0; number < adapters.count(); number++) {
      join(vm, number);
    }
    vm.process().ifPresent(process -> process.onExit(() -> owner.ended(() -> exited(vm))));
  }

  private void join(RunningVm vm, int number) {
    vm.end(number).ifPresent(end -> adapters.join(number, end));
  }

  private void exited(RunningVm vm) {
    if (running.filter(vm::equals).isPresent()) {
      off(vm, ended -> {});
    }
  }

  /**
   * Takes over a machine that ran when an earlier server was killed.
   *
   * @return its state; empty if it is off
   * @throws LabException (CONFLICT) if it cannot be what it was; it is off then
   */
  Optional<NodeStatus> adopt(Optional<RunningVm> found) {
    return found.map(
        vm -> {
          try {
            adapters.live();
            serve(vm);
            return vm.status();
          } catch (LabException refused) {
            // A machine without its filters or its console is not the one that was left.
            off(vm, RunningVm::powerOff);
            throw refused;
          }
        });
  }

  /** Asks the guest to shut down and waits until it has; not under the lock. */
  void askToShutDown(Duration patience) {
    try {
      running.ifPresent(
          vm -> {
            vm.pressPowerButton();
            if (!awaitEnd(vm, patience)) {
              owner.warn("The guest did not shut down in time; its power is cut");
            }
          });
    } catch (LabException refused) {
      owner.warn("The guest was not asked to shut down: " + refused.getMessage());
    }
  }

  private static boolean awaitEnd(RunningVm vm, Duration patience) {
    if (vm.process().isPresent()) {
      return vm.process().get().awaitEnd(patience);
    }
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (vm.isOn()) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(POLL);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Switches it off, and saves its state before if that is wanted; harmless if it is off. */
  void stop(boolean save) {
    running.ifPresent(
        vm ->
            off(
                vm,
                on -> {
                  if (save) {
                    on.saveState();
                  } else if (on.process().map(EmulatorProcess::isAlive).orElse(true)) {
                    on.powerOff();
                  }
                }));
  }

  /** Has it go off, by force if its manager does not, and gives back what it took. */
  private void off(RunningVm vm, Consumer<RunningVm> how) {
    running = Optional.empty();
    console.close();
    adapters.idle();
    Duration patience = END_PATIENCE;
    try {
      how.accept(vm);
    } catch (LabException refused) {
      owner.warn(refused.getMessage());
      patience = Duration.ZERO;
    }
    if (vm.process().isPresent() && !vm.process().get().awaitEnd(patience)) {
      vm.process().get().stop(END_PATIENCE);
    }
    try {
      vm.tidyUp();
    } catch (LabException refused) {
      owner.warn(refused.getMessage());
    }
  }

  /** Lets it run and lets go of it. */
  void release() {
    running.ifPresent(RunningVm::release);
    running = Optional.empty();
    console.close();
  }

  /**
   * What is plugged into an adapter has changed.
   *
   * @throws LabException (CONFLICT) if the machine cannot follow
   */
  void rewire(int number) {
    running.ifPresent(
        vm -> {
          vm.cable(number, adapters.isUp(number));
          vm.end(number).ifPresent(end -> end.receiver(FrameReceiver.DROP));
          join(vm, number);
        });
  }
}
