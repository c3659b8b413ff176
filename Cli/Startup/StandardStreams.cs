using System.Text;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Startup;

/// <summary>The process's output streams, always UTF-8. <see cref="Console.Out"/> would read terminal descriptions that no command needs.</summary>
internal static class StandardStreams
{
    /// <summary>Width of tables where nobody can be asked for one: fits every terminal.</summary>
    private const int UnknownWidth = 80;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static TextWriter OpenOutput() => Open(Console.OpenStandardOutput());

    public static TextReader OpenInput() => new StreamReader(Console.OpenStandardInput(), Utf8);

    public static TextWriter OpenError() => Open(Console.OpenStandardError());

    /// <summary><c>FORCE_COLOR</c> turns colours on and <c>NO_COLOR</c> off; otherwise a terminal that is not dumb has them.</summary>
    public static ConsoleTraits Describe(GatewayEnvironment environment)
    {
        var terminal = !Console.IsOutputRedirected;
        var forced = environment.Get("FORCE_COLOR");
        var color = forced is not null
            ? forced != "0"
            : terminal && environment.Get("NO_COLOR") is null && environment.Get("TERM") is not (null or "dumb");
        return new ConsoleTraits(terminal, color, () => terminal ? Console.WindowWidth : UnknownWidth);
    }

    // Locked, because a gateway's log writes from a thread of its own.
    private static TextWriter Open(Stream stream) => TextWriter.Synchronized(new StreamWriter(stream, Utf8) { AutoFlush = true });
}
