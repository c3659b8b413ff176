using System.Globalization;
using System.Text.Json;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether the small files of the state say anything: devices, nodes, pairing, approvals, jobs. And what a gateway set aside because it said nothing.</summary>
internal sealed class StateFilesCheck : IDoctorCheck
{
    /// <summary>Far above any real one.</summary>
    private const long MostBytes = 64 << 20;

    /// <summary>Files that are listed by name; of more, the number is told.</summary>
    private const int MostShown = 10;

    private static readonly JsonReaderOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 256 };

    /// <summary>File below the state directory, and what a gateway does without it.</summary>
    private static readonly (string Directory, string Pattern, string Follows)[] Known =
    [
        ("devices", "*.json", "A gateway sets it aside and knows no device any more; each has to pair again."),
        ("nodes", "*.json", "A gateway sets it aside and knows no node any more; each has to pair again."),
        ("identity", "*.json", "Commands of this machine cannot prove who they are with it."),
        ("cron", "jobs.json", "No job begins until it can be read."),
        (".", "exec-approvals.json", "Commands are refused until it can be read."),
        (".", "node.json", "The node of this machine counts as a new one."),
    ];

    public string Area => "State";

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var aside = new List<string>();
        foreach (var (directory, pattern, follows) in Files(patient))
        {
            foreach (var path in Entries(directory, pattern))
            {
                if (await ProblemOfAsync(path, cancellation).ConfigureAwait(false) is { } problem)
                {
                    findings.Add(new Finding("state.file_broken", FindingSeverity.Error, "A file of the state cannot be read", $"{patient.Show(path)}: {problem}. {follows}")
                    {
                        Remedy = "bring it back from a backup (openclaw backup restore --into <dir>, and copy it), or take it away",
                    });
                }
            }
            aside.AddRange(Entries(directory, pattern + ".broken-*"));
        }
        if (aside.Count > 0)
        {
            findings.Add(new Finding("state.file_set_aside", FindingSeverity.Info, "Files that could not be read were set aside",
                string.Join(", ", aside.Take(MostShown).Select(patient.Show)) + (aside.Count > MostShown ? string.Create(CultureInfo.InvariantCulture, $" and {aside.Count - MostShown} more") : ""))
            {
                Remedy = "look whether you miss something of them; then they can go",
            });
        }
        return findings;
    }

    private static IEnumerable<(string Directory, string Pattern, string Follows)> Files(Patient patient) =>
        Known.Select(known => (Path.Combine(patient.Environment.StateDirectory, known.Directory), known.Pattern, known.Follows))
            .Append((patient.Environment.CredentialsDirectory, "*-pairing.json", "Nobody who wrote to the channel can be let in until it can be read."))
            .Append((patient.Environment.CredentialsDirectory, "*-allowFrom.json", "Whom you let in by pairing is not known until it can be read."));

    private static IEnumerable<string> Entries(string directory, string pattern) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, pattern, new EnumerationOptions { IgnoreInaccessible = true, MatchType = MatchType.Simple }).Order(StringComparer.Ordinal) : [];

    private static async Task<string?> ProblemOfAsync(string path, CancellationToken cancellation)
    {
        if (FileKind.IsSpecial(path))
            return "it is a pipe, a socket or a device";
        try
        {
            if (new FileInfo(path).Length is > MostBytes and var length)
                return string.Create(CultureInfo.InvariantCulture, $"it has {length} bytes");
            return ProblemOf(await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // Gone meanwhile.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message.TrimEnd('.');
        }
    }

    private static string? ProblemOf(ReadOnlySpan<byte> content)
    {
        try
        {
            var reader = new Utf8JsonReader(content, Tolerant);
            var isObject = reader.Read() && reader.TokenType is JsonTokenType.StartObject;
            reader.Skip();
            while (reader.Read())
            {
                // To its end: what follows the object is found here.
            }
            return isObject ? null : "it is no JSON object";
        }
        catch (JsonException e)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it is no JSON (line {e.LineNumber + 1})");
        }
    }
}
