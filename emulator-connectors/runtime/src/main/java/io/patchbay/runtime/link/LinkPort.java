package io.patchbay.runtime.link;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.LinkStage;
import io.patchbay.netstack.link.StagedEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * A port of a node: what is plugged in, the UDP port that this takes, and its filters. Filters are
 * looked at and act only while the port is live, that is, while its node runs. For use under the
 * node's lock.
 */
public final class LinkPort {
  private final ResourceAdapter adapter;
  private Optional<Plug> plug = Optional.empty();
  private boolean live;

  private record Plug(Nio.Udp nio, StagedEnd end) {}

  public LinkPort(ResourceAdapter adapter) {
    this.adapter = adapter;
  }

  public boolean isPlugged() {
    return plug.isPresent();
  }

  /** What is plugged in. */
  public Optional<Nio> nio() {
    return plug.map(Plug::nio);
  }

  /** Where the node's frames go and come from, once something is plugged in. */
  public Optional<LinkEnd> end() {
    return plug.map(Plug::end);
  }

  /**
   * Plugs a link in, in place of what was plugged in.
   *
   * @throws LabException (CONFLICT) if it is of a type that nodes cannot use, its UDP port is
   *     taken, its host unknown or a filter wrong; what was plugged in stays then
   */
  public void plug(Nio nio) {
    Nio.Udp tunnel = tunnel(nio);
    List<LinkStage> filters = filters(tunnel);
    InetAddress host = resolve(tunnel.remoteHost());
    Optional<Plug> last = plug;
    boolean samePort = last.filter(old -> old.nio().localPort() == tunnel.localPort()).isPresent();
    if (samePort) {
      last.get().end().close();
    }
    StagedEnd end = open(tunnel, host);
    end.stages(filters);
    if (!samePort) {
      unplug();
    }
    plug = Optional.of(new Plug(tunnel, end));
  }

  private static Nio.Udp tunnel(Nio nio) {
    if (nio instanceof Nio.Udp udp) {
      return udp;
    }
    throw LabException.conflict("NIO of type " + nio.type() + " is not supported");
  }

  private List<LinkStage> filters(Nio.Udp nio) {
    return live ? FilterSettings.stages(nio.settings()) : List.of();
  }

  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw LabException.conflict("The host " + host + " is unknown");
    }
  }

  private StagedEnd open(Nio.Udp nio, InetAddress host) {
    try {
      return adapter.tunnels().open(nio.localPort(), host, nio.remotePort());
    } catch (IOException e) {
      throw LabException.conflict(
          "UDP port " + nio.localPort() + " cannot be opened: " + e.getMessage());
    }
  }

  /**
   * Gives the link that is plugged in other settings; it carries frames all the while.
   *
   * @throws LabException (CONFLICT) if a filter is wrong; the settings are as before then
   */
  public void change(Nio nio) {
    Nio.Udp changed = tunnel(nio);
    StagedEnd end = plug.orElseThrow().end();
    end.stages(filters(changed));
    plug = Optional.of(new Plug(changed, end));
  }

  /** Unplugs what is plugged in and gives its UDP port back; harmless if nothing is. */
  public void unplug() {
    plug.ifPresent(
        gone -> {
          gone.end().close();
          adapter.udpPorts().release(gone.nio().localPort());
        });
    plug = Optional.empty();
  }

  /**
   * Lets the filters act, as the node starts.
   *
   * @throws LabException (CONFLICT) if one is wrong; the port is not live then
   */
  public void live() {
    plug.ifPresent(now -> now.end().stages(FilterSettings.stages(now.nio().settings())));
    live = true;
  }

  /** Takes the filters out of the path: the node has stopped, and no frame of it passes. */
  public void idle() {
    live = false;
    plug.ifPresent(now -> now.end().stages(List.of()));
  }
}
