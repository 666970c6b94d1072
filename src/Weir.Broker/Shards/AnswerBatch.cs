namespace Weir.Broker.Shards;

/// <summary>
/// The answers that leave together when their frame is durable. They leave on the thread pool, from as many workers as
/// there are processors, each of which goes on with the next answer: waking a worker for every single answer costs
/// more than all the rest of a send.
/// </summary>
internal sealed class AnswerBatch : IThreadPoolWorkItem
{
    private int _next = -1;

    public List<Work> Works { get; } = [];

    public bool HasLeft { get; private set; }

    public void Add(Work work) => Works.Add(work);

    /// <param name="onThreadPool">False: all leave before this returns.</param>
    public void Leave(bool onThreadPool)
    {
        HasLeft = true;
        if (!onThreadPool)
        {
            Execute();
            return;
        }

        for (var workers = Math.Min(Works.Count, Environment.ProcessorCount); workers > 0; workers--)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        int index;
        while ((index = Interlocked.Increment(ref _next)) < Works.Count) Works[index].Complete();
    }
}
