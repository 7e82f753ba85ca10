package io.patchbay.netstack.link;

/**
 * Something in the path of a link, such as a filter or a capture, that the frames of both
 * directions pass.
 */
@FunctionalInterface
public interface LinkStage {
  /** Which way frames go, seen from the node whose end it is. */
  enum Direction {
    /** From the node into the link. */
    OUT,
    /** From the link to the node. */
    IN
  }

  /**
   * The stage in front of {@code next}. It may be asked for several times, whenever the path around
   * it changes; what it remembers of the frames must be kept in the stage.
   *
   * @param next may be called at any time later, from any thread; the frame rules of {@link
   *     FrameReceiver} apply to it and to what is returned
   * @param dropped to be run for each frame that is dropped
   */
  FrameReceiver lead(Direction direction, FrameReceiver next, Runnable dropped);
}
