using System.Text;

namespace OpenClaw.Gateway.Core.KillTarget;

/// <summary>Lines for the test that watches.</summary>
internal static class Output
{
    /// <summary>One write call, so that a kill does not leave half a line in the pipe.</summary>
    public static void Say(FormattableString line)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant(line) + "\n"));
    }
}
