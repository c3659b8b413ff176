using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;
using OpenClaw.Gateway.Core.Storage;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Approvals;

namespace OpenClaw.Gateway.Core.Approvals;

/// <summary>How replacing the file ended.</summary>
internal enum ApprovalsWriteStatus
{
    Done,

    /// <summary>There is a file, and the caller did not say which content he saw.</summary>
    HashRequired,

    /// <summary>Somebody changed it since.</summary>
    Changed,
}

/// <summary>
/// <c>exec-approvals.json</c> as a whole, for those who look after it: read, and replaced by who saw what is in it. What it means for a
/// command is read anew from the disk with every command.
/// </summary>
internal sealed class ExecApprovalsFile(string path, TimeProvider time) : IDisposable
{
    private const int SocketTokenBytes = 24;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Its content. A missing file is written first, so that there is something to change.</summary>
    public Task<ExecApprovalsResult> ReadAsync(CancellationToken cancellationToken) => LockedAsync(
        async () =>
        {
            if (!File.Exists(path))
                await WriteAsync(Complete(new ExecApprovalsDocument { Version = 1 }, null)).ConfigureAwait(false);
            var (text, document) = Load();
            return Show(text, document);
        },
        cancellationToken);

    /// <summary>Replaces the content.</summary>
    public Task<(ApprovalsWriteStatus Status, ExecApprovalsResult? Result)> ReplaceAsync(ExecApprovalsDocument document, string? baseHash, CancellationToken cancellationToken) => LockedAsync<(ApprovalsWriteStatus, ExecApprovalsResult?)>(
        async () =>
        {
            ExecApprovalsDocument? before = null;
            if (File.Exists(path))
            {
                var (known, parsed) = Load();
                if (baseHash is null)
                    return (ApprovalsWriteStatus.HashRequired, null);
                if (baseHash != HashOf(known))
                    return (ApprovalsWriteStatus.Changed, null);
                // Somebody may still find out what was meant.
                if (parsed is null)
                    File.Copy(path, $"{path}.broken-{time.GetUtcNow().ToUnixTimeMilliseconds()}");
                before = parsed;
            }
            await WriteAsync(Complete(document, before)).ConfigureAwait(false);
            var (text, stored) = Load();
            return (ApprovalsWriteStatus.Done, Show(text, stored));
        },
        cancellationToken);

    /// <summary>Changes the file as JSON, keeping what this version does not know; <paramref name="change"/> returns false to leave it.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public Task<bool> ChangeAsync(Func<JsonObject, bool> change, CancellationToken cancellationToken) => LockedAsync(
        async () =>
        {
            var root = File.Exists(path)
                ? JsonNode.Parse(ApprovalsContent.Read(path), documentOptions: ApprovalsContent.Strict) as JsonObject
                : new JsonObject { ["version"] = 1 };
            if (root is null || !change(root))
                return false;
            await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(ToolJson.Indented(root) + "\n"), CancellationToken.None).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    public void Dispose() => _gate.Dispose();

    private async Task<T> LockedAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private (byte[] Text, ExecApprovalsDocument? Document) Load()
    {
        var text = ApprovalsContent.Read(path);
        try
        {
            using var checkedFirst = JsonDocument.Parse(text, ApprovalsContent.Strict);
            return (text, JsonSerializer.Deserialize(text, ProtocolJson.Context.ExecApprovalsDocument));
        }
        catch (JsonException)
        {
            return (text, null);
        }
    }

    private Task WriteAsync(ExecApprovalsDocument document)
    {
        var node = JsonSerializer.SerializeToNode(document, ProtocolJson.Context.ExecApprovalsDocument)!;
        return AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(ToolJson.Indented(node) + "\n"), CancellationToken.None);
    }

    /// <summary>With the parts that every file has: the socket of before, and an id for every entry.</summary>
    private ExecApprovalsDocument Complete(ExecApprovalsDocument document, ExecApprovalsDocument? before) => document with
    {
        Socket = new ExecApprovalsSocket
        {
            Path = NonBlank(document.Socket?.Path) ?? NonBlank(before?.Socket?.Path) ?? Path.ChangeExtension(path, ".sock"),
            Token = NonBlank(document.Socket?.Token) ?? NonBlank(before?.Socket?.Token) ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SocketTokenBytes)),
        },
        Defaults = document.Defaults ?? new ExecApprovalsDefaults(),
        Agents = (document.Agents ?? new Dictionary<string, ExecApprovalsAgent>()).ToDictionary(
            static pair => pair.Key,
            static pair => pair.Value with { Allowlist = pair.Value.Allowlist is { } list ? [.. list.Select(static entry => entry.Id is null ? entry with { Id = Guid.NewGuid().ToString() } : entry)] : null }),
    };

    private ExecApprovalsResult Show(byte[] text, ExecApprovalsDocument? document)
    {
        var shown = document ?? new ExecApprovalsDocument { Version = 1 };
        return new ExecApprovalsResult
        {
            Path = path,
            Exists = true,
            Hash = HashOf(text),
            File = shown with
            {
                Socket = shown.Socket is { } socket ? socket with { Token = null } : null,
                Defaults = shown.Defaults ?? new ExecApprovalsDefaults(),
                Agents = shown.Agents ?? new Dictionary<string, ExecApprovalsAgent>(),
            },
        };
    }

    private static string HashOf(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));

    private static string? NonBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
