using OpenClaw.Cli.Services;
using OpenClaw.Cli.Terminal;
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

    /// <summary>Opens what is piped in; there is nothing unless the process says so.</summary>
    public Func<TextReader> OpenInput { get; init; } = static () => TextReader.Null;

    private ServiceHost? _serviceHost;

    /// <summary>What there is to know of the machine for service management; read when it is first needed.</summary>
    public ServiceHost ServiceHost
    {
        get => _serviceHost ??= ServiceHost.Read();
        init => _serviceHost = value;
    }

    /// <summary>Who sits at the keyboard; null when nobody does.</summary>
    public ITerminalInput? Keyboard { get; init; }

    /// <summary>The same surroundings for a command whose output is not the answer.</summary>
    public CommandContext WithOutput(TextWriter other) => new(Environment, other, Error, Console, Time) { OpenInput = OpenInput, Keyboard = Keyboard, _serviceHost = _serviceHost };

    /// <summary>Prints a failure and returns the exit code for it.</summary>
    public async Task<int> FailAsync(string text)
    {
        await Error.WriteLineAsync(text).ConfigureAwait(false);
        return 1;
    }
}

/// <summary>What the terminal can do.</summary>
/// <param name="IsTerminal">Standard output is a terminal.</param>
/// <param name="Color">Colours are wanted.</param>
/// <param name="Width">Asks for the width in characters.</param>
internal sealed record ConsoleTraits(bool IsTerminal, bool Color, Func<int> Width);
