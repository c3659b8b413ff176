using System.Text.Json.Nodes;

namespace OpenClaw.Fakes.Telegram;

/// <summary>A bot at the fake API: its chats, what waits for it, what it called and sent.</summary>
public sealed class FakeBot
{
    /// <summary>A token of the right form.</summary>
    public const string DefaultToken = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0";

    private readonly Lock _gate = new();
    private readonly List<RecordedCall> _calls = [];
    private readonly Dictionary<long, Dictionary<int, JsonObject>> _messages = [];
    private readonly List<SentMessage> _sent = [];
    private readonly Dictionary<long, FakeChat> _chats = [];
    private readonly Dictionary<string, byte[]> _files = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastFile;

    internal FakeBot(string token, string username)
    {
        Token = token;
        Id = long.TryParse(token.Split(':')[0], out var id) ? id : 1;
        Username = username;
    }

    public string Token { get; }

    public long Id { get; }

    public string Username { get; }

    /// <summary>False: every call is answered 401.</summary>
    public bool IsTokenValid { get; set; } = true;

    /// <summary>Private chats have topics, and with them drafts.</summary>
    public bool HasTopics { get; set; }

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>Polls that ended others.</summary>
    public int Conflicts => Updates.Conflicts;

    /// <summary>Polls that wait now.</summary>
    public int Polling => Updates.Polling;

    /// <summary>Updates that are not confirmed.</summary>
    public int Waiting => Updates.Count;

    /// <summary>The offset of the last poll that had one.</summary>
    public long? LastOffset => Updates.LastOffset;

    /// <summary>Where updates are pushed to.</summary>
    public string? WebhookUrl { get; internal set; }

    internal string? WebhookSecret { get; set; }

    internal UpdateQueue Updates { get; } = new();

    /// <summary>The calls so far, in order.</summary>
    public IReadOnlyList<RecordedCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    /// <summary>The messages that the bot sent and that are there, in order.</summary>
    public IReadOnlyList<SentMessage> Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent];
        }
    }

    /// <summary>How many messages the bot sent.</summary>
    public int SentCount
    {
        get
        {
            lock (_gate)
                return _sent.Count;
        }
    }

    /// <summary>The messages that the bot sent behind the first <paramref name="count"/>.</summary>
    public IReadOnlyList<SentMessage> SentAfter(int count)
    {
        lock (_gate)
            return _sent.GetRange(count, _sent.Count - count);
    }

    /// <summary>The calls of a method.</summary>
    public IReadOnlyList<RecordedCall> CallsOf(string method) => [.. Calls.Where(call => call.Method == method)];

    /// <summary>A chat; it comes into being when it is asked for.</summary>
    public FakeChat Chat(long id)
    {
        lock (_gate)
        {
            if (!_chats.TryGetValue(id, out var chat))
                _chats[id] = chat = new FakeChat(id);
            return chat;
        }
    }

    /// <summary>Gives the bot updates, all of them before its next poll is answered. Returns the id of the last one.</summary>
    /// <param name="updates">Without an id, they get the next ones.</param>
    public long Enqueue(params ReadOnlySpan<JsonObject> updates)
    {
        foreach (var update in updates)
        {
            foreach (var message in Messages(update))
                Know(message);
        }
        return Updates.Add(updates);
    }

    /// <summary>A file that the bot can fetch. Returns its id.</summary>
    public string AddFile(byte[] content)
    {
        lock (_gate)
        {
            var id = $"file-{++_lastFile}";
            _files[id] = content;
            return id;
        }
    }

    /// <summary>Waits until something that was called or sent makes this true.</summary>
    public async Task WaitAsync(Func<FakeBot, bool> condition, TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout);
        while (true)
        {
            Task changed;
            lock (_gate)
                changed = _changed.Task;
            if (condition(this))
                return;
            await changed.WaitAsync(patience.Token);
        }
    }

    internal byte[]? FindFile(string id)
    {
        lock (_gate)
            return _files.GetValueOrDefault(id);
    }

    internal void Record(string method, JsonObject parameters, IReadOnlyDictionary<string, UploadedFile> files)
    {
        lock (_gate)
            _calls.Add(new RecordedCall(_calls.Count + 1, method, parameters) { Files = files });
        Changed();
    }

    internal FakeChat? FindChat(long id)
    {
        lock (_gate)
            return _chats.GetValueOrDefault(id);
    }

    internal FakeChat? FindChat(string username)
    {
        lock (_gate)
            return _chats.Values.FirstOrDefault(chat => string.Equals(chat.Username, username, StringComparison.OrdinalIgnoreCase));
    }

    internal JsonObject? FindMessage(long chat, int id)
    {
        lock (_gate)
            return _messages.GetValueOrDefault(chat)?.GetValueOrDefault(id);
    }

    internal void Store(FakeChat chat, JsonObject message)
    {
        lock (_gate)
        {
            var id = (int)message["message_id"]!.Number();
            if (!_messages.TryGetValue(chat.Id, out var messages))
                _messages[chat.Id] = messages = [];
            messages[id] = message;
            // A message takes a draft away.
            chat.Draft = null;
            _sent.Add(new SentMessage(chat.Id, id, (message["text"] ?? message["caption"])?.GetValue<string>() ?? ""));
        }
        Changed();
    }

    internal void ShowDraft(FakeChat chat, string text)
    {
        lock (_gate)
            chat.Draft = text;
        Changed();
    }

    internal bool Delete(long chat, int id)
    {
        lock (_gate)
            return _messages.GetValueOrDefault(chat)?.Remove(id) == true;
    }

    private void Know(JsonObject message)
    {
        var chat = Chat(message["chat"]!["id"]!.Number());
        var id = (int)message["message_id"]!.Number();
        chat.Seen(id);
        lock (_gate)
        {
            if (!_messages.TryGetValue(chat.Id, out var messages))
                _messages[chat.Id] = messages = [];
            messages.TryAdd(id, message.DeepClone().AsObject());
        }
    }

    private static IEnumerable<JsonObject> Messages(JsonObject update)
    {
        if (update["message"] is JsonObject message)
            yield return message;
        if (update["callback_query"] is JsonObject press && press["message"] is JsonObject pressed)
            yield return pressed;
    }

    private void Changed()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.TrySetResult();
    }
}

/// <summary>A chat at the fake API.</summary>
/// <param name="id">Its id; negative for groups.</param>
public sealed class FakeChat(long id)
{
    private readonly Lock _gate = new();
    private int _last;

    public long Id => id;

    /// <summary>Handle without <c>@</c>.</summary>
    public string? Username { get; set; }

    public string? Title { get; set; }

    public bool IsForum { get; set; }

    /// <summary>The words of the draft that is shown now; null for none.</summary>
    public string? Draft { get; internal set; }

    /// <summary>The user has blocked the bot.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Topics, besides General.</summary>
    public HashSet<int> Topics { get; } = [];

    internal int NextMessageId()
    {
        lock (_gate)
            return ++_last;
    }

    internal void Seen(int messageId)
    {
        lock (_gate)
            _last = Math.Max(_last, messageId);
    }

    internal System.Text.Json.Nodes.JsonObject ToJson()
    {
        var chat = new System.Text.Json.Nodes.JsonObject { ["id"] = id, ["type"] = id > 0 ? "private" : "supergroup" };
        if (Title is not null)
            chat["title"] = Title;
        if (Username is not null)
            chat["username"] = Username;
        if (IsForum)
            chat["is_forum"] = true;
        return chat;
    }
}
