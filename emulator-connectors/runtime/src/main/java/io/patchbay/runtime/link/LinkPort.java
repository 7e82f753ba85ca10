package io.patchbay.runtime.link;

import io.patchbay.netstack.capture.PcapCapture;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.LinkStage;
import io.patchbay.netstack.link.StagedEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.LabException;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeSite;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A port of a node: what is plugged in, the UDP port that this takes, its filters and its capture.
 * Filters are looked at, and filters and capture act, only while the port is live, that is, while
 * its node runs. For use under the node's lock, except where a method says otherwise.
 */
public final class LinkPort {
  private final ResourceAdapter adapter;
  private final NodeSite site;
  private volatile Optional<Plug> plug = Optional.empty();
  private final Set<DataLinkType> carries;
  private volatile Optional<Recording> capture = Optional.empty();
  private List<LinkStage> filters = List.of();
  private boolean live;

  private record Plug(Nio nio, LinkSettings settings, StagedEnd end) {}

  private record Recording(PcapCapture file, DataLinkType type) {}

  /**
   * A port that carries Ethernet frames.
   *
   * @param site of the node, where its captures are kept
   */
  public LinkPort(ResourceAdapter adapter, NodeSite site) {
    this(adapter, site, Set.of(DataLinkType.EN10MB));
  }

  /**
   * @param site of the node, where its captures are kept
   * @param carries what captures may say that its frames begin with
   */
  public LinkPort(ResourceAdapter adapter, NodeSite site, Set<DataLinkType> carries) {
    this.adapter = adapter;
    this.site = site;
    this.carries = Set.copyOf(carries);
  }

  /** May be asked without the lock. */
  public boolean isPlugged() {
    return plug.isPresent();
  }

  /** Whether something is plugged in that is not suspended: a cable that works. */
  public boolean isUp() {
    return plug.filter(now -> !now.settings().suspended()).isPresent();
  }

  /** Where the node's frames go and come from, once something is plugged in. */
  public Optional<LinkEnd> end() {
    return plug.map(Plug::end);
  }

  /**
   * Plugs a link in, in place of what was plugged in, whose capture ends.
   *
   * @throws LabException (CONFLICT) if it is of a type that nodes cannot use, its UDP port is
   *     taken, its host unknown or a filter wrong; what was plugged in stays then
   */
  public void plug(Nio nio) {
    List<LinkStage> wanted = filters(nio.settings());
    StagedEnd end =
        switch (nio) {
          case Nio.Udp tunnel -> open(tunnel);
          case Nio.Tap tap -> open(tap);
          case Nio.Other other ->
              throw LabException.conflict("NIO of type " + other.type() + " is not supported");
        };
    count(nio, end);
    plug = Optional.of(new Plug(nio, nio.settings(), end));
    use(wanted);
  }

  private void count(Nio nio, LinkEnd end) {
    if (nio instanceof Nio.Udp tunnel) {
      adapter.traffic().add(end, tunnel.localPort());
    } else {
      adapter.traffic().add(end);
    }
  }

  private List<LinkStage> filters(LinkSettings settings) {
    return live ? FilterSettings.stages(settings, carries) : List.of();
  }

  private StagedEnd open(Nio.Udp tunnel) {
    InetAddress host = resolve(tunnel.remoteHost());
    boolean samePort = localPort().filter(port -> port == tunnel.localPort()).isPresent();
    if (samePort) {
      stopCapture();
      close();
    }
    try {
      StagedEnd end = adapter.tunnels().open(tunnel.localPort(), host, tunnel.remotePort());
      unplug();
      return end;
    } catch (IOException e) {
      throw LabException.conflict(
          "UDP port " + tunnel.localPort() + " cannot be opened: " + e.getMessage());
    }
  }

  private Optional<Integer> localPort() {
    return plug.map(Plug::nio)
        .filter(Nio.Udp.class::isInstance)
        .map(nio -> ((Nio.Udp) nio).localPort());
  }

  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw LabException.conflict("The host " + host + " is unknown");
    }
  }

  /** A device is opened as late as the node runs: until then others may use it. */
  private StagedEnd open(Nio.Tap tap) {
    unplug();
    StagedEnd end = StagedEnd.unplugged();
    if (live) {
      connect(end, tap);
    }
    return end;
  }

  private void connect(StagedEnd end, Nio.Tap tap) {
    try {
      end.become(adapter.netstack().openTap(tap.device()));
    } catch (IOException e) {
      throw LabException.conflict("TAP: " + e.getMessage());
    }
  }

  /**
   * Gives the link that is plugged in other settings; it carries frames all the while. Where it
   * leads cannot be changed.
   *
   * @throws LabException (CONFLICT) if a filter is wrong; the settings are as before then
   */
  public void change(Nio nio) {
    Plug now = plug.orElseThrow();
    List<LinkStage> wanted = filters(nio.settings());
    plug = Optional.of(new Plug(now.nio(), nio.settings(), now.end()));
    use(wanted);
  }

  /** Unplugs what is plugged in and gives its UDP port back; harmless if nothing is. */
  public void unplug() {
    stopCapture();
    Optional<Integer> freed = localPort();
    close();
    freed.ifPresent(adapter.udpPorts()::release);
  }

  private void close() {
    plug.map(Plug::end)
        .ifPresent(
            end -> {
              adapter.traffic().remove(end);
              end.close();
            });
    plug = Optional.empty();
  }

  /**
   * Lets filters and capture act, as the node starts.
   *
   * @throws LabException (CONFLICT) if a filter is wrong or a device cannot be used; the port is
   *     not live then
   */
  public void live() {
    List<LinkStage> wanted =
        plug.map(now -> FilterSettings.stages(now.settings(), carries)).orElse(List.of());
    plug.ifPresent(
        now -> {
          if (now.nio() instanceof Nio.Tap tap) {
            connect(now.end(), tap);
          }
        });
    live = true;
    use(wanted);
  }

  /** Takes filters and capture out of the path: the node has stopped, and no frame of it passes. */
  public void idle() {
    live = false;
    use(List.of());
    plug.filter(now -> now.nio() instanceof Nio.Tap).ifPresent(now -> now.end().unplug());
  }

  private void use(List<LinkStage> newFilters) {
    filters = newFilters;
    List<LinkStage> stages = new ArrayList<>(filters);
    if (live) {
      // Behind the filters: a capture shows what the link carries.
      capture.map(Recording::file).ifPresent(stages::add);
    }
    plug.ifPresent(now -> now.end().stages(stages));
  }

  /**
   * Begins a capture.
   *
   * @param onTrouble is told why it has ended by itself
   * @throws LabException (CONFLICT) if one is running, another one writes to the file, or it cannot
   *     be written
   */
  public Path startCapture(CaptureRequest request, Consumer<String> onTrouble) {
    return capture(PcapCapture::begin, request, onTrouble);
  }

  /**
   * Goes on with a capture whose file an earlier server had begun.
   *
   * @throws LabException as {@link #startCapture} does, and if the file is not one of such a
   *     capture
   */
  public Path resumeCapture(CaptureRequest request, Consumer<String> onTrouble) {
    return capture(PcapCapture::resume, request, onTrouble);
  }

  private Path capture(
      Captures.Opening opening, CaptureRequest request, Consumer<String> onTrouble) {
    if (running().isPresent()) {
      throw LabException.conflict(
          "Frames are captured already, to " + running().get().file().path().getFileName());
    }
    if (!carries.contains(request.type())) {
      throw LabException.conflict(
          "The link carries frames that are not " + request.type().wireName());
    }
    stopCapture();
    Path file = site.captures().resolve(request.fileName());
    capture =
        Optional.of(
            new Recording(
                adapter.captures().begin(opening, file, request.type(), onTrouble),
                request.type()));
    use(filters);
    return file;
  }

  /** The capture that runs; empty if none does. */
  public Optional<CaptureRequest> capturing() {
    return running()
        .map(now -> new CaptureRequest(now.file().path().getFileName().toString(), now.type()));
  }

  private Optional<Recording> running() {
    return capture.filter(now -> !now.file().isOver());
  }

  /** Ends the capture; harmless if there is none. */
  public void stopCapture() {
    Optional<Recording> last = capture;
    capture = Optional.empty();
    use(filters);
    last.map(Recording::file).ifPresent(adapter.captures()::end);
  }

  /**
   * Reads the running capture as it grows. May be asked without the lock.
   *
   * @throws LabException (CONFLICT) if there is none
   */
  public InputStream readCapture() {
    Recording now =
        running().orElseThrow(() -> LabException.conflict("There is no capture to read"));
    try {
      return now.file().stream();
    } catch (IOException e) {
      throw LabException.conflict("The capture cannot be read: " + e.getMessage());
    }
  }
}
