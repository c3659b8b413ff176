using System.Text;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Configuration.Loading;
using OpenClaw.Gateway.Core.Configuration.Reloading;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>
/// Changes the configuration file. A change is applied to the text, checked as the file it would become, and only then
/// takes the file's place; whatever goes wrong before that leaves every byte as it was.
/// </summary>
/// <param name="loader">Reads and checks configurations of the same instance.</param>
/// <param name="time">Clock for the stamp and the lock.</param>
/// <param name="loggers">The gateway's log, for a command on the host: who changed the configuration is in it. Null where the caller notes that.</param>
public sealed class ConfigWriter(ConfigLoader loader, TimeProvider time, ILoggerFactory? loggers = null)
{
    /// <summary>
    /// Version stamped into <c>meta.lastTouchedVersion</c>: the release whose format this is. The original warns about
    /// files of a version newer than its own, and must not after a visit here.
    /// </summary>
    public const string FormatVersion = "2026.2.9";

    /// <summary>What a conflict is called.</summary>
    internal const string ChangedMeanwhile = "config changed since last load; re-run config.get and retry";

    /// <summary>A writer that takes no lock (the original) may get in between; its change is then the new base.</summary>
    private const int Attempts = 5;

    /// <summary>Applies the request to the file.</summary>
    /// <param name="request">What to change.</param>
    /// <param name="cancellation">Stops before the file is replaced, never in between.</param>
    public Task<ConfigWriteResult> WriteAsync(ConfigWriteRequest request, CancellationToken cancellation = default) =>
        WriteAsync(request, static _ => null, cancellation);

    /// <summary>Applies the request to the file.</summary>
    /// <param name="request">What to change.</param>
    /// <param name="guard">Why a valid result must not be written, or null.</param>
    /// <param name="cancellation">Stops before the file is replaced, never in between.</param>
    internal async Task<ConfigWriteResult> WriteAsync(ConfigWriteRequest request, Func<ConfigSnapshot, string?> guard, CancellationToken cancellation)
    {
        var path = loader.Environment.ConfigPath;
        try
        {
            AtomicFile.CreateDirectory(Path.GetDirectoryName(path)!);
            // The text belongs to whatever file a link points to: replacing the link would cut a dotfile repository off.
            if (new FileInfo(path).LinkTarget is not null)
                path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            using var held = await ConfigWriteLock.AcquireAsync(path, time, cancellation).ConfigureAwait(false);
            for (var attempt = 1; ; attempt++)
            {
                var prepared = await PrepareAsync(request, guard, cancellation).ConfigureAwait(false);
                if (prepared.Text is null)
                    return prepared.Result;
                var now = await ConfigFileReader.ReadAsync(path, cancellation).ConfigureAwait(false);
                if (now.Problem is null && ConfigLoader.HashOf(now.Text) == prepared.BaseHash)
                {
                    ConfigBackups.RemoveAbandonedTempFiles(path, time.GetUtcNow());
                    ConfigBackups.Rotate(path);
                    await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(prepared.Text), cancellation).ConfigureAwait(false);
                    if (loggers is not null)
                        new Audit(loggers).ConfigWritten(AuditActor.Host, prepared.Result.Snapshot!.Path, prepared.Result.Snapshot.Hash);
                    return prepared.Result;
                }
                if (attempt == Attempts)
                    return ConfigWriteResult.Fail(ConfigWriteStatus.Conflict, ChangedMeanwhile);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ConfigWriteResult.Fail(ConfigWriteStatus.Failed, $"Failed to write config at {path}: {e.Message}");
        }
    }

    private async Task<Prepared> PrepareAsync(ConfigWriteRequest request, Func<ConfigSnapshot, string?> guard, CancellationToken cancellation)
    {
        var current = await loader.LoadAsync(cancellation).ConfigureAwait(false);
        if (current is { Exists: true, Raw: null })
            return Prepared.Final(ConfigWriteResult.Fail(ConfigWriteStatus.Failed, current.Issues[0].ToString(), current.Issues));
        if (CheckBase(request, current) is { } conflict)
            return Prepared.Final(conflict);

        var application = new EditApplication(current);
        var text = application.Apply(request.Edits);
        if (text is not null && application.Literal is { } literal && text != literal && !await MeansTheSameAsync(text, literal, cancellation).ConfigureAwait(false))
            text = literal;
        if (text == current.Raw && text is not null)
            return Prepared.Final(new ConfigWriteResult(ConfigWriteStatus.Unchanged, current, null, []));
        text = text is null ? null : application.Stamp(text, FormatVersion, time.GetUtcNow());
        if (text is null)
            return Prepared.Final(Explain(application));

        var candidate = await loader.EvaluateAsync(text, cancellation).ConfigureAwait(false);
        var problems = Placed(!candidate.Valid ? candidate.Issues : current.Valid ? NewWarnings(current, candidate) : [], current);
        if (problems.Count == 0 && guard(candidate) is { } reason)
            problems = [new ConfigIssue("", reason)];
        if (problems.Count == 0)
            return new Prepared(new ConfigWriteResult(ConfigWriteStatus.Written, candidate, null, []), text, current.Hash);
        var where = problems[0].Path.Length == 0 ? "<root>" : problems[0].Path;
        return Prepared.Final(ConfigWriteResult.Fail(ConfigWriteStatus.Invalid, $"Config validation failed: {where}: {problems[0].Message}", problems));
    }

    /// <summary>The place of a problem in a text that is not written tells nobody anything; a problem that the file has already keeps its own.</summary>
    private static List<ConfigIssue> Placed(IReadOnlyList<ConfigIssue> issues, ConfigSnapshot current) =>
        [.. issues.Select(issue => issue.File != current.Path ? issue
            : current.Issues.FirstOrDefault(known => known.Path == issue.Path && known.Message == issue.Message) ?? issue with { File = null, Line = 0, Column = 0 })];

    /// <summary>
    /// A file may hold what is unknown here, but a change that adds it is a typing mistake: there is a person (or a
    /// program) who can be told at once.
    /// </summary>
    private static List<ConfigIssue> NewWarnings(ConfigSnapshot current, ConfigSnapshot candidate)
    {
        var known = current.Warnings.Select(warning => (warning.Path, warning.Message)).ToHashSet();
        return [.. candidate.Warnings.Where(warning => !warning.IsAdvice && warning.Path != "session.mainKey" && !known.Contains((warning.Path, warning.Message)))];
    }

    /// <summary>Whether a text means what the literal one says. They may differ in defaults: some depend on which sections are written at all.</summary>
    private async Task<bool> MeansTheSameAsync(string text, string literal, CancellationToken cancellation)
    {
        var one = await loader.EvaluateAsync(text, cancellation).ConfigureAwait(false);
        var two = await loader.EvaluateAsync(literal, cancellation).ConfigureAwait(false);
        return one.Valid && two.Valid && ChangedPaths.Between(one.Config, two.Config).All(IsDefault);

        bool IsDefault(string path)
        {
            // A name with a dot in it is not found here, and decides for the letter.
            var key = ConfigPath.Of(path.Split('.'));
            var isInOne = key.TryFind(one.Config, out var value);
            return (isInOne || key.TryFind(two.Config, out _)) && !key.TryFind(two.Parsed, out _) && one.Origins.FindExact(value) is null;
        }
    }

    private static ConfigWriteResult? CheckBase(ConfigWriteRequest request, ConfigSnapshot current)
    {
        if (request.RequireBaseHash && !current.Exists)
            return null;
        if (request is { RequireBaseHash: true, BaseHash: null } && current.Exists)
            return ConfigWriteResult.Fail(ConfigWriteStatus.Conflict, "config base hash required; re-run config.get and retry");
        return request.BaseHash is { } hash && hash != current.Hash
            ? ConfigWriteResult.Fail(ConfigWriteStatus.Conflict, ChangedMeanwhile)
            : request.RequireValid && !current.Valid ? ConfigWriteResult.Fail(ConfigWriteStatus.Refused, "invalid config; fix before patching")
            : null;
    }

    private static ConfigWriteResult Explain(EditApplication application) =>
        application is { Missing: { } path, Error: null }
            ? ConfigWriteResult.Fail(ConfigWriteStatus.NotFound, $"Config path not found: {path}")
            : ConfigWriteResult.Fail(ConfigWriteStatus.Refused, application.Error ?? "config write refused");

    /// <param name="Result">How the write ends (once the text is in place).</param>
    /// <param name="Text">The text to write; null when there is nothing to write.</param>
    /// <param name="BaseHash">Hash of the text it was made from.</param>
    private sealed record Prepared(ConfigWriteResult Result, string? Text, string BaseHash)
    {
        public static Prepared Final(ConfigWriteResult result) => new(result, null, "");
    }
}
