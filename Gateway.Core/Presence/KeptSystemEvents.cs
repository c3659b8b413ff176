using System.Globalization;
using System.Text;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Presence;

/// <summary>
/// System events that somebody was promised, one small file each in <c>system-events</c>. A file stays locked from when it is read for a
/// turn until that turn's message is stored, and only then it goes: what a core that dies had read is told by the next turn, and cores
/// that share the directory do not both tell it.
/// </summary>
internal sealed class KeptSystemEvents(GatewayEnvironment environment) : IDisposable
{
    private const string Extension = ".txt";

    /// <summary>Enough digits for milliseconds since 1970, so that names sort by time.</summary>
    private const string TimeFormat = "D15";

    private readonly SemaphoreSlim _gate = new(1, 1);

    private string Folder => Path.Combine(environment.StateDirectory, "system-events");

    /// <summary>Keeps a text; false when <paramref name="most"/> are kept already. One that is kept under the same id stays as it is.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written.</exception>
    public async Task<bool> AddAsync(string text, DateTimeOffset at, string id, int most)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            var known = Files();
            if (known.Any(file => file.EndsWith($"-{id}{Extension}", StringComparison.Ordinal)))
                return true;
            if (known.Count >= most)
                return false;
            var name = at.ToUnixTimeMilliseconds().ToString(TimeFormat, CultureInfo.InvariantCulture);
            await AtomicFile.WriteAsync(Path.Combine(Folder, $"{name}-{id}{Extension}"), Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>All that nobody else is just telling, oldest first, each locked until it is disposed.</summary>
    public IReadOnlyList<KeptSystemEvent> Claim() => [.. Files().Select(Open).OfType<KeptSystemEvent>()];

    public void Dispose() => _gate.Dispose();

    private List<string> Files() =>
        Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*" + Extension).Order(StringComparer.Ordinal)] : [];

    private static KeptSystemEvent? Open(string path)
    {
        var name = Path.GetFileName(path);
        if (!long.TryParse(name.AsSpan(0, Math.Max(0, name.IndexOf('-', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture, out var ms) || ms > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return null;
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            var content = new byte[file.Length];
            file.ReadExactly(content);
            // Told and gone between our look into the directory and our lock.
            if (File.Exists(path))
                return new KeptSystemEvent(file, DateTimeOffset.FromUnixTimeMilliseconds(ms), Encoding.UTF8.GetString(content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else is telling it, or has; what cannot be read stays where it is.
        }
        file?.Dispose();
        return null;
    }
}

/// <summary>A kept event that is ours to tell until it is disposed.</summary>
internal sealed class KeptSystemEvent(FileStream file, DateTimeOffset at, string text) : IDisposable
{
    public DateTimeOffset At => at;

    public string Text => text;

    /// <summary>It is told. If the file cannot be deleted it is told once more, which is better than never.</summary>
    public void Forget()
    {
        try
        {
            File.Delete(file.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The message that tells it is stored, so its sender must not be told otherwise.
        }
    }

    public void Dispose() => file.Dispose();
}
