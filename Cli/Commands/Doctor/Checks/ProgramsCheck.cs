using System.ComponentModel;
using System.Diagnostics;
using OpenClaw.Cli.Diagnosis;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Programs that only some settings need: nobody has to install what nothing uses.</summary>
internal sealed class ProgramsCheck : IDoctorCheck
{
    /// <summary>What WhatsApp's library needs.</summary>
    private static readonly Version OldestNode = new(20, 0);

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private static readonly string[] Browsers = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "brave-browser", "microsoft-edge", "chrome"];

    private static readonly string[] MacBrowsers =
        ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser"];

    public string Area => "Programs";

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        if (!patient.Snapshot.Valid)
            return [];
        var findings = new List<Finding>(Browser(patient));
        if (patient.Snapshot.Root.Section("channels").Section("whatsapp").Exists && await NodeAsync(patient, cancellation).ConfigureAwait(false) is { } node)
            findings.Add(node);
        return findings;
    }

    private static async Task<Finding?> NodeAsync(Patient patient, CancellationToken cancellation)
    {
        if (Find(patient, "node") is not { } program)
            return new Finding("programs.node", FindingSeverity.Error, "WhatsApp needs Node", "channels.whatsapp is set, and no node is on the search path.") { Remedy = $"install Node {OldestNode.Major} or later" };
        var version = await VersionAsync(program, patient.Time, cancellation).ConfigureAwait(false);
        return version switch
        {
            null => new Finding("programs.node", FindingSeverity.Error, "WhatsApp needs Node", $"{program} does not say its version.") { Remedy = "reinstall Node" },
            _ when version < OldestNode => new Finding("programs.node", FindingSeverity.Error, "Node is too old", $"{program} is {version}; WhatsApp needs {OldestNode.Major} or later."),
            _ => null,
        };
    }

    private static IEnumerable<Finding> Browser(Patient patient)
    {
        var browser = patient.Snapshot.Root.Section("browser");
        // On by default, and used by few: only who asked for it misses it.
        if (browser.Bool("enabled") != true)
            yield break;
        if (browser.Text("executablePath") is { } configured)
        {
            if (!File.Exists(patient.Environment.ExpandPath(configured)))
                yield return new Finding("programs.browser", FindingSeverity.Error, "The browser is missing", $"browser.executablePath: {configured} does not exist.");
        }
        else if (!Browsers.Any(name => Find(patient, name) is not null) && !MacBrowsers.Any(File.Exists))
        {
            yield return new Finding("programs.browser", FindingSeverity.Warning, "No browser was found", "browser.enabled is true, and there is neither Chrome nor Chromium on the search path.")
            {
                Remedy = "install Chromium, or set browser.executablePath",
            };
        }
    }

    private static string? Find(Patient patient, string name) =>
        (patient.Environment.Get("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? name + ".exe" : name)).FirstOrDefault(File.Exists);

    private static async Task<Version?> VersionAsync(string program, TimeProvider time, CancellationToken cancellation)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var limit = new CancellationTokenSource(AnswerTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            process.Start();
            var text = await process.StandardOutput.ReadToEndAsync(either.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return Version.TryParse(text.Trim().TrimStart('v').Split('-')[0], out var version) ? version : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }
}
