using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OpenClaw.Gateway.Core.Storage;

/// <summary>
/// A JSON file of rows by id, kept in memory and written through. A file changed by another program is read again; one that does not
/// parse is moved aside, never overwritten. Its owner keeps callers apart.
/// </summary>
/// <param name="path">The file; a missing one is empty.</param>
/// <param name="type">How it is read and written.</param>
/// <param name="time">Names the files that are moved aside.</param>
/// <param name="onBroken">Told of a file that was moved aside: where it was, where it is, and what is wrong with it.</param>
internal sealed class KeyedFile<T>(string path, JsonTypeInfo<Dictionary<string, T>> type, TimeProvider time, Action<string, string, string> onBroken)
    where T : class
{
    private FileStamp _stamp;
    private ImmutableDictionary<string, T> _rows = ImmutableDictionary<string, T>.Empty;

    public string Path => path;

    /// <summary>The rows as they are on the disk; the same object as before when nothing changed.</summary>
    public ImmutableDictionary<string, T> Read()
    {
        var found = FileStamp.Of(path);
        if (found == _stamp)
            return _rows;
        _stamp = found;
        return _rows = found.IsMissing ? ImmutableDictionary<string, T>.Empty : Parse();
    }

    /// <summary>Stores the rows, unless they are the ones that <see cref="Read"/> returned.</summary>
    /// <remarks>Not cancelled half way: a client that hangs up does not decide which of two files is written.</remarks>
    public async Task WriteAsync(ImmutableDictionary<string, T> rows)
    {
        if (ReferenceEquals(rows, _rows))
            return;
        await AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, T>(rows), type), CancellationToken.None).ConfigureAwait(false);
        _stamp = FileStamp.Of(path);
        _rows = rows;
    }

    private ImmutableDictionary<string, T> Parse()
    {
        try
        {
            using var file = File.OpenRead(path);
            return (JsonSerializer.Deserialize(file, type) ?? []).Where(static row => row.Value is not null).ToImmutableDictionary(StringComparer.Ordinal);
        }
        catch (FileNotFoundException)
        {
            _stamp = default;
        }
        catch (JsonException e)
        {
            var aside = $"{path}.broken-{time.GetUtcNow().ToUnixTimeMilliseconds()}";
            File.Move(path, aside);
            onBroken(path, aside, e.Message);
            _stamp = default;
        }
        return ImmutableDictionary<string, T>.Empty;
    }
}
