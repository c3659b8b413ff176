using System.Diagnostics;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Launcher;

/// <summary>
/// The real launcher and the real probe in a checkout without sources worth compiling, with a <c>dotnet</c> that notes its calls and
/// "builds" a script.
/// </summary>
internal sealed class FakeCheckout : IDisposable
{
    private readonly TempDirectory _directory = new();

    public FakeCheckout()
    {
        // A blank in the path, because people have them.
        Root = _directory["my checkout"];
        Directory.CreateDirectory(Path.Combine(Root, "Cli"));
        Directory.CreateDirectory(Path.Combine(Root, "eng", "FeedProbe"));
        Directory.CreateDirectory(Tools);
        foreach (var script in (string[])["openclaw", "eng/probe-feed"])
            File.Copy(Path.Combine(RepositoryRoot.Path, script), Path.Combine(Root, script));
        File.WriteAllText(Source, "// source");
        WriteScript(Path.Combine(Tools, "dotnet"), $$"""
            #!/usr/bin/env bash
            echo "$*" >>"{{Calls}}"
            case "$*" in
              *FeedProbe*PackageFeed=full*) exit ${FAKE_FULL:-0} ;;
              *FeedProbe*) exit ${FAKE_PARTIAL:-0} ;;
              restore*PublishReadyToRun*) exit ${FAKE_R2R:-0} ;;
              publish*)
                if [ -n "${FAKE_BROKEN:-}" ]; then
                  echo "Cli/Program.cs(1,1): error CS1002: ; expected [https://feed.example/v3]"
                  exit 1
                fi
                sleep ${FAKE_SLOW:-0}
                while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
                mkdir -p "$out"
                printf '#!/usr/bin/env bash\necho "args: $*"\nexit ${FAKE_EXIT:-0}\n' >"$out/openclaw"
                chmod +x "$out/openclaw" ;;
            esac
            """);
    }

    public string Root { get; }

    public string Source => Path.Combine(Root, "Cli", "Program.cs");

    public string PackageFeed => Path.Combine(Root, "PackageFeed.local.props");

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    private string Tools => _directory["tools"];

    private string Calls => _directory["calls"];

    /// <summary>Builds so far.</summary>
    public int Builds => File.Exists(Calls) ? File.ReadAllLines(Calls).Count(call => call.StartsWith("publish", StringComparison.Ordinal)) : 0;

    /// <summary>What dotnet was called with.</summary>
    public string AllCalls => File.ReadAllText(Calls);

    public Task<CommandResult> RunAsync(params string[] args) => RunScriptAsync(Path.Combine(Root, "openclaw"), args);

    public async Task<CommandResult> RunScriptAsync(string script, params string[] args)
    {
        var start = new ProcessStartInfo(script, args) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" };
        start.Environment["PATH"] = Tools + ":" + Environment.GetEnvironmentVariable("PATH");
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WithTimeout();
        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>Makes a file look newer than everything built so far.</summary>
    public static void Touch(string path) => File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(5));

    public string Link()
    {
        var link = _directory["bin link"];
        File.CreateSymbolicLink(link, Path.Combine(Root, "openclaw"));
        return link;
    }

    public void Dispose() => _directory.Dispose();

    private static void WriteScript(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
