using System.Text;
using OpenClaw.Cli.Commands;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Support;

/// <summary>What a command printed and how it ended.</summary>
public sealed record CommandResult(int ExitCode, string Out, string Error);

/// <summary>An instance of its own: home, temporary files, log and port belong to one test (or one fixture).</summary>
public sealed class CliHome : IDisposable
{
    private readonly TempDirectory _directory = new();

    public CliHome()
    {
        Directory.CreateDirectory(Temp);
        Variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "",
            ["HOME"] = _directory.Path,
            ["TMPDIR"] = Temp,
            ["OPENCLAW_HOME"] = _directory.Path,
        };
        Host = ServiceHost.Read() with
        {
            UserName = "tester",
            AnswerPatience = TestTimeouts.Wait,
            StatusPatience = TestTimeouts.Wait,
            ProgramPath = System.IO.Path.Combine(AppContext.BaseDirectory, "openclaw"),
            SystemdMark = _directory["run-systemd"],
            RuntimeRoot = _directory["run-user"],
            SystemUnits = _directory["etc-systemd"],
            PackageUnits = [_directory["usr-lib-systemd"]],
            SystemLaunchDirectories = [_directory["Library", "LaunchDaemons"]],
        };
        if (System.Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } runtime)
            Variables["DOTNET_ROOT"] = runtime;
    }

    public Dictionary<string, string> Variables { get; }

    public string State => _directory[".openclaw"];

    public string ConfigPath => _directory[".openclaw", "openclaw.json"];

    public string LogPath => _directory["gateway.log"];

    public string Path => _directory.Path;

    /// <summary>The user that commands run as.</summary>
    public uint UserId { get; set; } = 12345;

    /// <summary>The machine as service management sees it: one of its own, so that no test comes near the services of the machine that it runs on.</summary>
    internal ServiceHost Host { get; set; }

    private string Temp => _directory["tmp"];

    /// <summary>A configuration with which a gateway starts: a port of its own, a token, a log of its own.</summary>
    public int WriteConfig(string token = "test-token", string more = "")
    {
        var port = FreePort.Next();
        WriteRawConfig($$"""
            {
              "gateway": { "mode": "local", "port": {{port}}, "auth": { "token": "{{token}}" } },
              "logging": { "file": "{{LogPath}}" }{{(more.Length == 0 ? "" : ",\n" + more)}}
            }
            """);
        return port;
    }

    public void WriteRawConfig(string json)
    {
        Directory.CreateDirectory(State);
        File.WriteAllText(ConfigPath, json);
    }

    /// <summary>What somebody types, line by line; null when nobody is at the keyboard.</summary>
    public IReadOnlyList<string>? Typed { get; set; }

    /// <summary>Runs a command inside the test's process: as the program does, without the half second that starting it takes.</summary>
    public Task<CommandResult> RunAsync(params string[] args) => RunAsync(TimeProvider.System, args);

    /// <summary>The same with another clock.</summary>
    public async Task<CommandResult> RunAsync(TimeProvider time, params string[] args)
    {
        var invocation = Invocation.Parse(args);
        if (invocation.Error is { } wrong)
            return new CommandResult(Invocation.UsageExitCode, "", "[openclaw] " + wrong + "\n");
        var output = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        var error = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        var context = Context(Environment(invocation.Profile), output, error, time);
        var exitCode = await CommandLine.RunAsync(context, invocation.Arguments).WithTimeout();
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The instance as commands see it.</summary>
    internal GatewayEnvironment Environment(string? profile = null) => GatewayEnvironment.Create(new EnvironmentInputs
    {
        Variables = Variables,
        UserHomeDirectory = _directory.Path,
        CurrentDirectory = _directory.Path,
        TempDirectory = Temp,
        UserId = UserId,
        Profile = profile,
    });

    /// <summary>What a command of this instance works with; nobody reads what it prints.</summary>
    internal CommandContext Context() => Context(Environment(), TextWriter.Null, TextWriter.Null, TimeProvider.System);

    public void Dispose() => _directory.Dispose();

    private CommandContext Context(GatewayEnvironment environment, TextWriter output, TextWriter error, TimeProvider time) => new(
        environment, TextWriter.Synchronized(output), TextWriter.Synchronized(error), new ConsoleTraits(IsTerminal: false, Color: false, () => 80), time)
    {
        Keyboard = Typed is { } lines ? new TypedLines(lines) : null,
        ServiceHost = Host,
    };
}
