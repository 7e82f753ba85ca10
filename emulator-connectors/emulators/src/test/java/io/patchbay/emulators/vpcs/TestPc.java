package io.patchbay.emulators.vpcs;

import static org.junit.jupiter.api.Assertions.fail;

import io.patchbay.emulators.vpcs.shell.PcConsole;
import io.patchbay.netstack.host.HostScheduler;
import io.patchbay.netstack.host.VirtualHost;
import io.patchbay.netstack.link.Patch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A virtual PC with its console, to talk to. */
final class TestPc implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final VirtualHost host;
  private final PcConsole console;
  private final StringBuilder shown = new StringBuilder();
  private String script = "";
  private int commands;
  private boolean quit;

  TestPc(HostScheduler time, int number, Path directory) {
    host = new VirtualHost(0x005079666800L + number, time);
    console =
        new PcConsole(
            host,
            directory,
            new PcConsole.Owner() {
              @Override
              public void show(String text) {
                TestPc.this.show(text);
              }

              @Override
              public void disconnect() {}

              @Override
              public void quit() {
                synchronized (shown) {
                  quit = true;
                }
              }

              @Override
              public void done(String newScript) {
                synchronized (shown) {
                  script = newScript;
                  commands++;
                }
              }
            });
  }

  TestPc begin() {
    console.begin("startup.vpc");
    await("> $");
    return this;
  }

  /** Starts this PC wired to another one, which is started first and is 10.0.0.1 and fd00::1. */
  void beginBeside(TestPc peer) {
    Patch.join(host.port(), peer.host.port());
    peer.begin();
    peer.say("ip 10.0.0.1/24");
    peer.say("ip fd00::1/64");
    begin();
  }

  private void show(String text) {
    synchronized (shown) {
      shown.append(text);
      shown.notifyAll();
    }
  }

  /** Types a line and returns what it showed up to the next prompt. */
  String say(String line) {
    synchronized (shown) {
      shown.setLength(0);
    }
    type(line + "\r");
    return await("(?s)^.*\n\r[^\r\n]*> $");
  }

  void type(String keys) {
    console.type(keys.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Waits until what is shown matches. */
  String await(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (shown) {
      while (true) {
        Matcher matcher = wanted.matcher(shown);
        if (matcher.find()) {
          return shown.toString();
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return fail("nothing like " + pattern + " in\n" + shown);
        }
        try {
          shown.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return fail("interrupted");
        }
      }
    }
  }

  String script() {
    synchronized (shown) {
      return script;
    }
  }

  boolean hasQuit() {
    synchronized (shown) {
      return quit;
    }
  }

  @Override
  public void close() {
    console.close();
    host.close();
  }
}
