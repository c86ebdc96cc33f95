// RxJS: concatMap, errors not caught: the first one ends everything.
import { Subject, concatMap } from 'rxjs';
import { start } from './person.mjs';

const actions = new Subject();
actions.pipe(concatMap(action => action())).subscribe({ next: take => take?.(), error: () => {} });

export default from => start(from, action => actions.next(action));
