namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>Names of the fields of an entry in sessions.json, grouped as they belong together.</summary>
internal static class SessionFields
{
    public const string SessionId = "sessionId";
    public const string UpdatedAt = "updatedAt";
    public const string SessionFile = "sessionFile";
    public const string SpawnedBy = "spawnedBy";
    public const string Label = "label";
    public const string DisplayName = "displayName";

    public const string SystemSent = "systemSent";
    public const string AbortedLastRun = "abortedLastRun";
    public const string ChatType = "chatType";
    public const string GroupActivation = "groupActivation";
    public const string GroupActivationNeedsSystemIntro = "groupActivationNeedsSystemIntro";

    public const string ThinkingLevel = "thinkingLevel";
    public const string VerboseLevel = "verboseLevel";
    public const string ReasoningLevel = "reasoningLevel";
    public const string ElevatedLevel = "elevatedLevel";
    public const string TtsAuto = "ttsAuto";
    public const string ResponseUsage = "responseUsage";
    public const string ExecHost = "execHost";
    public const string ExecSecurity = "execSecurity";
    public const string ExecAsk = "execAsk";
    public const string ExecNode = "execNode";
    public const string SendPolicy = "sendPolicy";

    public const string ProviderOverride = "providerOverride";
    public const string ModelOverride = "modelOverride";
    public const string AuthProfileOverride = "authProfileOverride";
    public const string AuthProfileOverrideSource = "authProfileOverrideSource";
    public const string AuthProfileOverrideCompactionCount = "authProfileOverrideCompactionCount";

    public const string QueueMode = "queueMode";
    public const string QueueDebounceMs = "queueDebounceMs";
    public const string QueueCap = "queueCap";
    public const string QueueDrop = "queueDrop";

    public const string InputTokens = "inputTokens";
    public const string OutputTokens = "outputTokens";
    public const string TotalTokens = "totalTokens";
    public const string ContextTokens = "contextTokens";
    public const string ModelProvider = "modelProvider";
    public const string Model = "model";
    public const string CompactionCount = "compactionCount";
    public const string MemoryFlushAt = "memoryFlushAt";
    public const string MemoryFlushCompactionCount = "memoryFlushCompactionCount";

    public const string Channel = "channel";
    public const string GroupId = "groupId";
    public const string Subject = "subject";
    public const string GroupChannel = "groupChannel";
    public const string Space = "space";
    public const string Origin = "origin";
    public const string DeliveryContext = "deliveryContext";
    public const string LastChannel = "lastChannel";
    public const string LastTo = "lastTo";
    public const string LastAccountId = "lastAccountId";
    public const string LastThreadId = "lastThreadId";

    public const string LastHeartbeatText = "lastHeartbeatText";
    public const string LastHeartbeatSentAt = "lastHeartbeatSentAt";
    public const string CliSessionIds = "cliSessionIds";
    public const string ClaudeCliSessionId = "claudeCliSessionId";
    public const string SkillsSnapshot = "skillsSnapshot";
    public const string SystemPromptReport = "systemPromptReport";
}
