using System.Globalization;
using OpenClaw.Gateway.Client.Errors;

namespace OpenClaw.Gateway.Client.Identity;

/// <summary>
/// A small private file: written to a neighbour, flushed to the disk and then put in place, so that a reader and a crash
/// see the old text or the new one. Mode 0600 in a directory of mode 0700.
/// </summary>
internal sealed class StateFile(string stateDirectory, string directoryName, string fileName)
{
    // Real identity files have below 2 KiB. What is larger is not one of them, and not worth the memory.
    private const int MaxBytes = 256 * 1024;

    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateDirectory = PrivateFile | UnixFileMode.UserExecute;

    private readonly string _directory = Path.Combine(stateDirectory, directoryName);

    public string FilePath { get; } = Path.Combine(stateDirectory, directoryName, fileName);

    /// <summary>The file's bytes, at most <see cref="MaxBytes"/> of them; null when there is no file.</summary>
    public byte[]? Read()
    {
        try
        {
            return ReadStart(FilePath);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GatewayStateException($"cannot read {FilePath}: {error.Message}", error);
        }
    }

    /// <summary>Puts <paramref name="bytes"/> in place of whatever is there.</summary>
    public void Replace(ReadOnlySpan<byte> bytes) => Write(bytes, overwrite: true);

    /// <summary>Puts <paramref name="bytes"/> in place if there is no file yet.</summary>
    /// <returns>False when somebody else was first; their file is untouched.</returns>
    public bool TryCreate(ReadOnlySpan<byte> bytes) => Write(bytes, overwrite: false);

    /// <summary>Renames the file, which was read as <paramref name="content"/>, to a name beside it.</summary>
    /// <returns>The new path; null when another process replaced the file meanwhile, and it stays.</returns>
    public string? SetAside(ReadOnlySpan<byte> content, DateTimeOffset now)
    {
        var kept = FilePath + ".broken-" + now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        try
        {
            File.Move(FilePath, kept, overwrite: true);
            if (ReadStart(kept).AsSpan().SequenceEqual(content))
                return kept;
            FileName.TryTake(kept, FilePath);
            return null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GatewayStateException($"cannot rename {FilePath}: {error.Message}", error);
        }
    }

    private static byte[] ReadStart(string path)
    {
        using var file = File.OpenHandle(path);
        var bytes = new byte[Math.Min(RandomAccess.GetLength(file), MaxBytes)];
        var filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(filled), filled) is > 0 and var read)
            filled += read;
        return filled == bytes.Length ? bytes : bytes[..filled];
    }

    private bool Write(ReadOnlySpan<byte> bytes, bool overwrite)
    {
        var temporary = FilePath + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            CreatePrivateDirectory(stateDirectory);
            CreatePrivateDirectory(_directory);
            WriteThrough(temporary, bytes);
            return Publish(temporary, overwrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GatewayStateException($"cannot write {FilePath}: {error.Message}", error);
        }
        finally
        {
            // Left over only when the file was not put in place.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    private bool Publish(string temporary, bool overwrite)
    {
        if (!overwrite)
            return FileName.TryTake(temporary, FilePath);
        File.Move(temporary, FilePath, overwrite: true);
        return true;
    }

    private static void WriteThrough(string path, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = PrivateFile;
        using var file = new FileStream(path, options);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private static void CreatePrivateDirectory(string path)
    {
        if (Directory.Exists(path))
            return;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, PrivateDirectory);
    }
}
