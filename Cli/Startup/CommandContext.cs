using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Startup;

/// <summary>What every command works with: the instance, the two output streams, the clock.</summary>
internal sealed class CommandContext(GatewayEnvironment environment, TextWriter output, TextWriter error, ConsoleTraits console, TimeProvider time)
{
    public GatewayEnvironment Environment { get; } = environment;

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    public ConsoleTraits Console { get; } = console;

    public TimeProvider Time { get; } = time;
}

/// <summary>What the terminal can do.</summary>
/// <param name="IsTerminal">Standard output is a terminal.</param>
/// <param name="Color">Colours are wanted.</param>
internal sealed record ConsoleTraits(bool IsTerminal, bool Color);
