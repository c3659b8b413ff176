using OpenClaw.Cli.Terminal;

namespace OpenClaw.Cli.Tests.Support;

/// <summary>Somebody who types these lines and then closes the terminal.</summary>
internal sealed class TypedLines(IEnumerable<string> lines) : ITerminalInput
{
    private readonly Queue<string> _left = new(lines);

    public string? ReadLine(bool hidden) => _left.TryDequeue(out var line) ? line : null;
}
