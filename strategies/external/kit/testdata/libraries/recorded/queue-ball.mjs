// RxJS: concatMap, errors caught inside.
import { EMPTY, Subject, catchError, defer, concatMap } from 'rxjs';
import { start } from './person.mjs';

const actions = new Subject();
actions.pipe(concatMap(action => defer(action).pipe(catchError(() => EMPTY)))).subscribe(take => take?.());

export default from => start(from, action => actions.next(action));
