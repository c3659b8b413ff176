namespace OpenClaw.Cli.Terminal;

/// <summary>Somebody at a keyboard.</summary>
internal interface ITerminalInput
{
    /// <summary>Reads a line; null when there will be none any more.</summary>
    /// <param name="hidden">What is typed is a secret, and not shown.</param>
    string? ReadLine(bool hidden);
}
