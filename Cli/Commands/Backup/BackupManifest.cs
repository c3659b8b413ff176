using System.Text.Json;
using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Commands.Backup;

/// <summary>A file of a backup.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Hash">SHA-256 in lower-case hex.</param>
internal sealed record BackupFile(string Name, long Size, string Hash);

/// <summary>The last file of an archive: what the archive holds, so that one that is cut off or changed is noticed.</summary>
internal sealed record BackupManifest(DateTimeOffset CreatedAt, string Version, string StateDirectory, string ConfigPath, IReadOnlyList<BackupFile> Files)
{
    public const string Name = "manifest.json";

    /// <summary>A million files have 200 MiB of manifest.</summary>
    public const int MostBytes = 256 << 20;

    private const int Format = 1;

    public byte[] ToBytes() => System.Text.Encoding.UTF8.GetBytes(JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("format", Format);
        writer.WriteString("createdAt", CreatedAt.UtcDateTime);
        writer.WriteString("version", Version);
        writer.WriteString("stateDir", StateDirectory);
        writer.WriteString("configPath", ConfigPath);
        writer.WriteStartArray("files");
        foreach (var file in Files)
        {
            writer.WriteStartObject();
            writer.WriteString("name", file.Name);
            writer.WriteNumber("size", file.Size);
            writer.WriteString("sha256", file.Hash);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="InvalidDataException">It is none, or of a newer format.</exception>
    public static BackupManifest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.Integer("format") is not Format)
                throw new InvalidDataException($"Its manifest has format {root.Integer("format")?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"}, and this version knows {Format}.");
            var files = root.Items("files").Select(static file => file.Text("name") is { } name && file.Integer("size") is { } size && file.Text("sha256") is { } hash
                ? new BackupFile(name, size, hash) : throw new InvalidDataException("Its manifest is damaged.")).ToList();
            var created = root.Field("createdAt") is { ValueKind: JsonValueKind.String } time && time.TryGetDateTimeOffset(out var parsed) ? parsed : default;
            return new BackupManifest(created, root.Text("version") ?? "?", root.Text("stateDir") ?? "", root.Text("configPath") ?? "", files);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("Its manifest is damaged.", e);
        }
    }
}
