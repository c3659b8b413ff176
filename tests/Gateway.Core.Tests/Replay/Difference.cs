namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>One way in which the gateway's answer is not the recorded one.</summary>
/// <param name="Line">Line of the transcript, from 1.</param>
/// <param name="Connection">Name of the connection.</param>
/// <param name="Frame">Label of the frame, see <see cref="FrameKind"/>.</param>
/// <param name="What">
/// <c>missing path</c>, <c>extra path</c>, <c>type path</c>, <c>value path</c> of a member; <c>absent</c> or <c>unexpected</c> for a
/// whole frame; <c>close</c>.
/// </param>
/// <param name="Recorded">What was recorded.</param>
/// <param name="Actual">What the gateway did.</param>
internal sealed record Difference(int Line, string Connection, string Frame, string What, string Recorded, string Actual)
{
    public override string ToString() => $"  line {Line} {Connection} [{Frame}] {What}\n    recorded: {Cut(Recorded)}\n    gateway:  {Cut(Actual)}";

    private static string Cut(string text) => text.Length <= 400 ? text : text[..400] + "…";
}
